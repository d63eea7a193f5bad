package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.train.StoppingListener;
import io.sparkae.spark.CheckpointFolder;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimators whose fit was stopped and that are fit again. */
class ResumedFitTest {
  private static final Dataset<Row> ROWS = Tables.vectors(Tables.lowRank(3, 60, 5), 2);

  @TempDir private Path folder;

  private String dir() {
    return folder.resolve("checkpoints").toString();
  }

  private static Autoencoder autoencoder() {
    return new Autoencoder()
        .setCodeSize(2)
        .setHiddenLayers(new int[] {4})
        .setEpochs(3)
        .setBatchSize(10)
        .setReplicas(2)
        .setMicroBatches(2)
        .setStepsPerRound(2)
        .setValidationFraction(0.2)
        .setPatience(2);
  }

  private static StackedAutoencoder stack() {
    return new StackedAutoencoder()
        .setCodeSize(2)
        .setHiddenLayers(new int[] {4})
        .setEpochs(2)
        .setLayerEpochs(new int[] {2})
        .setBatchSize(20)
        .setMicroBatches(2)
        .setValidationFraction(0.2);
  }

  private static DenseClassifier classifier() {
    return new DenseClassifier().setEpochs(4).setBatchSize(20).setMicroBatches(2);
  }

  private static void assertSame(TrainingSummary actual, TrainingSummary expected) {
    assertThat(actual.objectiveHistory()).containsExactly(expected.objectiveHistory());
    assertThat(actual.validationHistory()).containsExactly(expected.validationHistory());
    assertThat(actual.stepSizes()).containsExactly(expected.stepSizes());
    assertThat(actual.epochSeconds()).hasSameSizeAs(expected.epochSeconds());
    assertThat(actual.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(actual.stoppedEarly()).isEqualTo(expected.stoppedEarly());
    assertThat(actual.totalSteps()).isEqualTo(expected.totalSteps());
    assertThat(actual.passes()).isEqualTo(expected.passes());
    assertThat(actual.rows()).isEqualTo(expected.rows());
    assertThat(actual.phase()).isEqualTo(expected.phase());
    assertThat(actual.settings()).isEqualTo(expected.settings());
    assertThat(actual.pretraining()).hasSameSizeAs(expected.pretraining());
    for (int i = 0; i < expected.pretraining().size(); i++) {
      assertSame(actual.pretraining().get(i), expected.pretraining().get(i));
    }
  }

  /** Stops an estimator's fit after each {@code every}th round, fits it again and compares. */
  private <M extends Model<M> & TrainedModel, S extends TrainedEstimator<S, M>> void assertGoesOn(
      Supplier<S> estimator, Dataset<Row> rows, int every) throws IOException {
    StoppingListener counter = new StoppingListener(0);
    M undisturbed = estimator.get().setTrainingListener(counter).fit(rows);
    assertThat(counter.rounds()).isGreaterThan(every);
    for (int stop = every; stop <= counter.rounds(); stop += every) {
      new CheckpointFolder(dir(), new Configuration()).clear();
      S first = estimator.get().setCheckpointDir(dir()).setCheckpointInterval(1);
      StoppingListener stopper = new StoppingListener(stop);
      first.setTrainingListener(stopper);
      assertThatThrownBy(() -> first.fit(rows)).isInstanceOf(StoppingListener.Stop.class);
      StoppingListener listener = new StoppingListener(0);
      S second = estimator.get().setCheckpointDir(dir()).setCheckpointInterval(1).setResume(true);
      M resumed = second.setTrainingListener(listener).fit(rows);
      assertThat(parameters(resumed)).as("after %d", stop).containsExactly(parameters(undisturbed));
      assertSame(summary(resumed), summary(undisturbed));
      assertThat(listener.resumed().isEmpty()).isEqualTo(stopper.kept() == 0);
      assertThat(counter.rounds() - listener.rounds()).isEqualTo(stopper.kept());
      assertThat(listener.phases()).isEqualTo(counter.phases());
    }
  }

  private static float[] parameters(Model<?> model) {
    return ((TrainedNetwork<?>) model).parameters();
  }

  private static TrainingSummary summary(Model<?> model) {
    return ((TrainedModel) model).summary().orElseThrow();
  }

  @Test
  void anAutoencoderGoesOnAfterAnyRound() throws IOException {
    assertGoesOn(ResumedFitTest::autoencoder, ROWS, 2);
  }

  @Test
  void aStackGoesOnInTheLayerOrTheWholeNetWhereItWas() throws IOException {
    assertGoesOn(ResumedFitTest::stack, ROWS, 2);
  }

  @Test
  void aClassifierGoesOn() throws IOException {
    Dataset<Row> labelled =
        ROWS.withColumn("label", functions.expr("monotonically_increasing_id() % 2"));
    assertGoesOn(ResumedFitTest::classifier, labelled, 2);
  }

  @Test
  void aMachineAndANetOfThemGoOn() throws IOException {
    assertGoesOn(
        () -> new RestrictedBoltzmannMachine().setHiddenUnits(3).setEpochs(4).setBatchSize(20),
        ROWS.selectExpr("features"),
        2);
    assertGoesOn(
        () ->
            new DeepBeliefNetwork()
                .setHiddenLayers(new int[] {4})
                .setCodeSize(2)
                .setLayerEpochs(new int[] {2})
                .setEpochs(2)
                .setBatchSize(20),
        ROWS,
        2);
  }

  @Test
  void modelsThatDrawAtRandomGoOn() throws IOException {
    assertGoesOn(
        () ->
            new VariationalAutoencoder()
                .setHiddenLayers(new int[] {4})
                .setCodeSize(2)
                .setLikelihood("gaussian")
                .setEpochs(4)
                .setBatchSize(20),
        ROWS,
        2);
    assertGoesOn(
        () ->
            new AdversarialAutoencoder()
                .setHiddenLayers(new int[] {4})
                .setCodeSize(2)
                .setOutputActivation("linear")
                .setLoss("squaredError")
                .setEpochs(4)
                .setBatchSize(20),
        ROWS,
        2);
    assertGoesOn(
        () -> new GenerativeAdversarialNetwork().setCodeSize(2).setEpochs(4).setBatchSize(20),
        ROWS,
        2);
  }

  @Test
  void aHeadOnAnEncoderGoesOnInItsOwnTrainingOrInThatOfTheWhole() throws IOException {
    String encoder = folder.resolve("encoder").toString();
    autoencoder().fit(ROWS).write().save(encoder);
    Dataset<Row> labelled =
        ROWS.withColumn("label", functions.expr("monotonically_increasing_id() % 2"));
    assertGoesOn(
        () ->
            new EncoderClassifier()
                .setEncoder(encoder)
                .setHeadEpochs(3)
                .setEpochs(3)
                .setBatchSize(20),
        labelled,
        2);
  }

  @Test
  void aStackWhoseLayersTakeAllRowsInEachStepGoesOn() throws IOException {
    assertGoesOn(() -> stack().setLayerOptimizer("lbfgs").setLayerEpochs(new int[] {3}), ROWS, 2);
  }

  private static Autoencoder onAllRows(String optimizer) {
    return new Autoencoder()
        .setCodeSize(2)
        .setHiddenLayers(new int[] {4})
        .setActivation("sigmoid")
        .setCodeActivation("sigmoid")
        .setSparsityWeight(0.1)
        .setOptimizer(optimizer)
        .setMaxIter(14)
        .setTol(0)
        .setReplicas(2)
        .setMicroBatches(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lbfgs", "conjugateGradient"})
  void trainingOnAllRowsGoesOnAfterAnyLook(String optimizer) throws IOException {
    assertGoesOn(() -> onAllRows(optimizer), ROWS, 3);
  }

  /** It ends when the loss falls by no more than a part of what it was at the start. */
  @ParameterizedTest
  @ValueSource(strings = {"lbfgs", "conjugateGradient"})
  void trainingOnAllRowsThatGoesOnEndsWhereItWouldHave(String optimizer) throws IOException {
    Supplier<Autoencoder> estimator = () -> onAllRows(optimizer).setMaxIter(60).setTol(0.01);
    int iterations = summary(estimator.get().fit(ROWS)).totalEpochs();
    assertThat(iterations).isBetween(15, 59);
    assertGoesOn(estimator, ROWS, 12);
  }

  @Test
  void trainingOnAllRowsStopsEarlyWhereItWouldHave() throws IOException {
    Supplier<Autoencoder> estimator =
        () ->
            onAllRows("lbfgs")
                .setHiddenLayers(new int[] {30})
                .setCodeSize(20)
                .setSparsityWeight(0)
                .setMaxIter(300)
                .setValidationFraction(0.5)
                .setPatience(3);
    TrainingSummary summary = summary(estimator.get().fit(ROWS));
    assertThat(summary.stoppedEarly()).isTrue();
    assertGoesOn(estimator, ROWS, Math.max(2, (int) summary.totalSteps() / 3));
  }

  /** Steps that grow until the loss of the validation rows overflows, at the first epoch's end. */
  private Autoencoder divergent() {
    return autoencoder()
        .setActivation("linear")
        .setOutputActivation("linear")
        .setOptimizer("sgd")
        .setStepSize(0.3)
        .setEpochs(30)
        .setCheckpointDir(dir())
        .setCheckpointInterval(1);
  }

  /** Steps that grow until the loss overflows, in the second epoch. */
  private Autoencoder divergentUnvalidated() {
    return divergent().setStepSize(0.28).setValidationFraction(0).setPatience(0);
  }

  @Test
  void aTrainingWhoseLossStopsBeingFiniteKeepsTheCheckpointsOfBefore() {
    Throwable first = rootCauseOf(() -> divergentUnvalidated().fit(ROWS)).actual();
    assertThat(first).hasMessageStartingWith("the loss stopped being finite in epoch 2, ");
    StoppingListener listener = new StoppingListener(0);
    rootCauseOf(
            () -> divergentUnvalidated().setResume(true).setTrainingListener(listener).fit(ROWS))
        .hasMessage(first.getMessage());
    assertThat(listener.resumed()).hasSize(1);
    assertThat(listener.rounds()).as("rounds until it fails again").isZero();
  }

  @Test
  void theSameOfTheLossOfTheValidationRows() {
    Throwable first = rootCauseOf(() -> divergent().fit(ROWS)).actual();
    assertThat(first)
        .hasMessageStartingWith(
            "the loss of the validation rows stopped being finite in epoch 1: the parameters had"
                + " grown to ");
    StoppingListener listener = new StoppingListener(0);
    rootCauseOf(() -> divergent().setResume(true).setTrainingListener(listener).fit(ROWS))
        .hasMessage(first.getMessage());
    assertThat(listener.resumed()).hasSize(1);
  }

  /** Its loss is that of the parameters before. */
  @Test
  void aStepToParametersThatAreNoNumbersIsNotKept() {
    float[][] large = Tables.lowRank(3, 60, 5);
    for (float[] row : large) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= 1000;
      }
    }
    Dataset<Row> rows = Tables.vectors(large, 2);
    rootCauseOf(() -> divergentUnvalidated().setStepSize(1e38).setStepsPerRound(1).fit(rows))
        .hasMessageStartingWith("the loss stopped being finite in epoch 1, ");
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void otherSamplesOfThePriorAreNamed() {
    Supplier<AdversarialAutoencoder> estimator =
        () ->
            new AdversarialAutoencoder()
                .setCodeSize(2)
                .setPrior("samples")
                .setEpochs(2)
                .setBatchSize(20)
                .setCheckpointDir(dir())
                .setCheckpointInterval(1);
    Dataset<Row> samples = Tables.vectors(Tables.lowRank(1, 30, 2), 1);
    Dataset<Row> others = Tables.vectors(Tables.lowRank(2, 30, 2), 1);
    estimator.get().setPriorTable(samples).fit(ROWS);
    estimator.get().setPriorTable(samples).setResume(true).fit(ROWS);
    assertThatThrownBy(() -> estimator.get().setPriorTable(others).setResume(true).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "resume: " + dir() + " is of a training with prior samples of checksum ");
  }

  private void assertRefused(Autoencoder estimator, Dataset<Row> rows, String what) {
    assertThatThrownBy(
            () ->
                estimator
                    .setCheckpointDir(dir())
                    .setCheckpointInterval(1)
                    .setResume(true)
                    .fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("resume: " + dir() + " is of a training with " + what);
  }

  @Test
  void otherSettingsOrRowsAreNamed() {
    autoencoder().setCheckpointDir(dir()).setCheckpointInterval(1).fit(ROWS);
    assertRefused(autoencoder().setStepSize(0.01), ROWS, "stepSize 0.001, not 0.01: give the same");
    assertRefused(autoencoder().setReplicas(1), ROWS, "replicas 2, not 1: ");
    assertRefused(autoencoder().setHiddenLayers(new int[0]), ROWS, "hiddenLayers [4], not []: ");
    assertRefused(autoencoder(), ROWS.limit(59), "rows 48, not 47: ");
    assertRefused(
        autoencoder(),
        Tables.vectors(Tables.lowRank(4, 60, 5), 2),
        "checksum of the training rows (blocks ");
    assertRefused(
        autoencoder(),
        ROWS.withColumn("features", functions.expr("array(1.0D, 2.0D, 3.0D, 4.0D, 5.0D)")),
        "type of features vector, not array<double>: ");
  }

  @Test
  void settingsThatLeaveTheModelAsItIsMayDiffer() {
    AutoencoderModel first =
        autoencoder().setCheckpointDir(dir()).setCheckpointInterval(1).fit(ROWS);
    StoppingListener listener = new StoppingListener(1);
    AutoencoderModel again =
        autoencoder()
            .setOutputCol("code")
            .setCheckpointDir(dir())
            .setCheckpointInterval(5)
            .setResume(true)
            .setTrainingListener(listener)
            .fit(ROWS);
    assertThat(listener.rounds()).isZero();
    assertThat(parameters(again)).containsExactly(parameters(first));
  }

  @Test
  void checkpointsAreKeptAfterTheFitAndNoModelHasTheirParams() throws IOException {
    AutoencoderModel model =
        autoencoder().setCheckpointDir(dir()).setCheckpointInterval(2).fit(ROWS);
    assertThat(model.hasParam("checkpointDir")).isFalse();
    try (Stream<Path> files = Files.list(Path.of(dir()))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.startsWith("checkpoint-0000000"));
    }
  }

  @Test
  void withoutAFolderTheOthersDoNothing() {
    assertThatThrownBy(() -> autoencoder().setResume(true).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("resume does nothing while checkpointDir is not named");
  }

  @Test
  void aFolderThatCannotBeMadeIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    String inside = file.resolve("checkpoints").toString();
    assertThatThrownBy(() -> autoencoder().setCheckpointDir(inside).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("checkpointDir " + inside + " cannot be used: ");
  }
}
