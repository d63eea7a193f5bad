package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.core.train.TrainingException;
import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training, saving and refusing. */
class RestrictedBoltzmannMachineTest {
  private static final int WIDTH = 9;

  @TempDir private Path folder;

  private static RestrictedBoltzmannMachine easy() {
    return new RestrictedBoltzmannMachine()
        .setHiddenUnits(6)
        .setBatchSize(16)
        .setEpochs(2)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5);
  }

  /** Pictures of 3 × 3 whose rows, or whose columns, are all on or all off. */
  private static float[][] barsAndStripes(int count) {
    SplittableRandom random = new SplittableRandom(11);
    float[][] pictures = new float[count][WIDTH];
    for (float[] picture : pictures) {
      boolean bars = random.nextBoolean();
      int on = random.nextInt(8);
      for (int i = 0; i < WIDTH; i++) {
        picture[i] = on >> (bars ? i / 3 : i % 3) & 1;
      }
    }
    return pictures;
  }

  @Test
  void learnsADistributionSoThatItsRowsHaveLessFreeEnergyThanOthers() {
    float[][] pictures = barsAndStripes(1500);
    RestrictedBoltzmannMachineModel model =
        new RestrictedBoltzmannMachine()
            .setHiddenUnits(20)
            .setEpochs(80)
            .setStepSize(0.1)
            .setMomentum(0.9)
            .setBatchSize(50)
            .setGibbsSteps(3)
            .setReplicas(1)
            .setMicroBatches(1)
            .setSeed(2)
            .setFreeEnergyCol("f")
            .setErrorCol("e")
            .fit(Tables.vectors(pictures, 2));
    float[][] states = new float[1 << WIDTH][WIDTH];
    for (int state = 0; state < states.length; state++) {
      for (int i = 0; i < WIDTH; i++) {
        states[state][i] = state >> i & 1;
      }
    }
    List<float[]> known = Arrays.stream(pictures).map(float[]::clone).toList();
    double inside = 0;
    double total = 0;
    for (Row row : model.transform(Tables.vectors(states, 1)).collectAsList()) {
      double probability = Math.exp(-row.<Double>getAs("f"));
      double[] v = row.<Vector>getAs("features").toArray();
      total += probability;
      if (known.stream().anyMatch(picture -> same(picture, v))) {
        inside += probability;
      }
    }
    assertThat(inside / total)
        .as(
            "the probability of the 14 pictures among all 512; 0.03 of a machine that knows nothing")
        .isGreaterThan(0.7);
    double error =
        model.transform(Tables.vectors(pictures, 2)).agg(functions.avg("e")).first().getDouble(0);
    assertThat(error).as("where the mean picture leaves 2.25").isLessThan(0.5);
  }

  private static boolean same(float[] picture, double[] v) {
    for (int i = 0; i < WIDTH; i++) {
      if (picture[i] != v[i]) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void synchronousTrainingIsTheSameOnAnyNumberOfReplicas(int replicas) {
    RestrictedBoltzmannMachine machine =
        easy().setSparsityWeight(0.1).setWeightDecay(0.01).setAveraging("synchronous");
    Dataset<Row> table = Tables.vectors(barsAndStripes(140), 7);
    float[] expected = machine.setReplicas(2).fit(table).parameters();
    float[] actual = machine.setReplicas(replicas).fit(table).parameters();
    assertThat(actual).containsExactly(expected, within(1e-5f));
    assertThat(expected[0]).isNotEqualTo(machine.setSeed(6).fit(table).parameters()[0]);
  }

  @Test
  void sparseRowsTrainTheSameMachine() {
    float[][] rows = Tables.sparse(3, 120, 40, 0.03);
    Dataset<Row> dense = Tables.vectors(rows, 2);
    Dataset<Row> sparse =
        Tables.column(
            "features",
            org.apache.spark.ml.linalg.SQLDataTypes.VectorType(),
            rows,
            2,
            row -> Tables.vector(row).toSparse());
    assertThat(easy().fit(sparse).parameters())
        .containsExactly(easy().fit(dense).parameters(), within(1e-6f));
  }

  @Test
  void validationRowsAreMeasuredByTheirReconstructions() {
    Dataset<Row> marked =
        Tables.vectors(barsAndStripes(200), 3)
            .withColumn(
                "held", functions.monotonically_increasing_id().mod(4).equalTo(functions.lit(1)));
    RestrictedBoltzmannMachineModel model =
        easy().setValidationIndicatorCol("held").setErrorCol("error").fit(marked);
    TrainingSummary summary = model.summary().orElseThrow();
    double error =
        model.transform(marked.filter("held")).agg(functions.avg("error")).first().getDouble(0);
    assertThat(summary.validationHistory()[summary.bestEpoch()]).isCloseTo(error, within(1e-5));
    assertThat(summary.validationRows()).isEqualTo(marked.filter("held").count());
    RestrictedBoltzmannMachineModel stopped =
        easy()
            .setStepSize(1e-12)
            .setValidationFraction(0.25)
            .setValidationTol(0.1)
            .setPatience(2)
            .setEpochs(50)
            .fit(marked);
    assertThat(stopped.summary().orElseThrow().totalEpochs()).isEqualTo(3);
  }

  @Test
  void gaussianUnitsLearnRowsOfAnyRange() {
    float[][] rows = Tables.lowRank(8, 400, 6);
    double variance = 0;
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = 16 * row[i] - 8; // far below 0 and above 1
        variance += row[i] * row[i] / rows.length;
      }
    }
    Dataset<Row> table = Tables.vectors(rows, 2);
    RestrictedBoltzmannMachineModel model =
        easy()
            .setVisibleType("gaussian")
            .setVisibleDeviation(0.5)
            .setStepSize(0.005)
            .setEpochs(40)
            .fit(table);
    double[] history = model.summary().orElseThrow().objectiveHistory();
    assertThat(history[39]).as("of a variance of %s", variance).isLessThan(variance / 3);
  }

  @Test
  void whatWasSavedComesBackTheSame() throws IOException {
    Dataset<Row> table = Tables.vectors(barsAndStripes(60), 2);
    RestrictedBoltzmannMachine estimator =
        easy().setOutputCol("h").setSampleCol("s").setSampleSteps(4).setFreeEnergyCol("f");
    String saved = folder.resolve("estimator").toString();
    estimator.write().save(saved);
    RestrictedBoltzmannMachine again = RestrictedBoltzmannMachine.load(saved);
    assertThat(again.uid()).isEqualTo(estimator.uid());
    assertThat(again.explainParams()).isEqualTo(estimator.explainParams());
    RestrictedBoltzmannMachineModel model = estimator.fit(table);
    assertThat(again.fit(table).parameters()).containsExactly(model.parameters());
    String path = folder.resolve("model").toString();
    model.write().save(path);
    RestrictedBoltzmannMachineModel loaded = RestrictedBoltzmannMachineModel.load(path);
    assertThat(loaded.explainParams()).isEqualTo(model.explainParams());
    assertThat(loaded.parameters()).containsExactly(model.parameters());
    assertThat(loaded.summary().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(model.summary().orElseThrow());
    assertThat(loaded.transform(table).collectAsList())
        .isEqualTo(model.transform(table).collectAsList());
    rootCauseOf(() -> AutoencoderModel.load(path))
        .hasMessageContaining("RestrictedBoltzmannMachineModel");
  }

  @Test
  void standsInAPipelineBeforeAClassifier() throws IOException {
    Dataset<Row> table =
        Tables.vectors(barsAndStripes(300), 2)
            .withColumn(
                "label",
                functions
                    .udf(
                        (Vector v) -> v.apply(4) == 1 ? 1.0 : 0.0,
                        org.apache.spark.sql.types.DataTypes.DoubleType)
                    .apply(functions.col("features")));
    PipelineModel fitted =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  easy().setOutputCol("h"), new LogisticRegression().setFeaturesCol("h")
                })
            .fit(table);
    String path = folder.resolve("pipeline").toString();
    fitted.write().save(path);
    assertThat(PipelineModel.load(path).transform(table).collectAsList())
        .isEqualTo(fitted.transform(table).collectAsList());
  }

  private static Arguments refused(
      String message, UnaryOperator<RestrictedBoltzmannMachine> setting) {
    return arguments(message, setting);
  }

  private static Stream<Arguments> settings() {
    return Stream.of(
        refused(
            "hiddenUnits must be a whole number of at least 1, not 0", r -> r.setHiddenUnits(0)),
        refused(
            "visibleType must be one of bernoulli, gaussian, not binary",
            r -> r.setVisibleType("binary")),
        refused(
            "hiddenType must be bernoulli when sparsityWeight is above 0, not gaussian",
            r -> r.setHiddenType("gaussian").setSparsityWeight(1)),
        refused(
            "visibleDeviation must be 1 when visibleType is bernoulli, not 2.0",
            r -> r.setVisibleDeviation(2)),
        refused(
            "visibleDeviation must be a positive number, not 0.0", r -> r.setVisibleDeviation(0)),
        refused("gibbsSteps must be a whole number of at least 1, not 0", r -> r.setGibbsSteps(0)),
        refused(
            "sampleSteps must be a whole number of at least 1, not 0", r -> r.setSampleSteps(0)),
        refused("sparsityTarget must be between 0 and 1, not 1.0", r -> r.setSparsityTarget(1)),
        refused(
            "sparsityTarget does nothing while sparsityWeight is 0: leave it out, or set sparsityWeight",
            r -> r.setSparsityTarget(0.1)),
        refused(
            "momentum does nothing with optimizer adam: leave it out, or set optimizer to momentum"
                + " or nesterov",
            r -> r.setOptimizer("adam").setMomentum(0.9)),
        refused(
            "optimizer lbfgs needs the exact gradient of one function, but contrastive divergence"
                + " draws its units at random and follows no loss's gradient: use adam, or another"
                + " optimizer that takes minibatches",
            r -> r.setOptimizer("lbfgs")),
        refused(
            "optimizer conjugateGradient needs the exact gradient of one function, but contrastive"
                + " divergence draws its units at random and follows no loss's gradient: use adam,"
                + " or another optimizer that takes minibatches",
            r -> r.setOptimizer("conjugateGradient")),
        refused(
            "patience 3 needs rows to validate on: set validationFraction or"
                + " validationIndicatorCol",
            r -> r.setPatience(3)),
        refused(
            "featuresCol pixels is not among the columns features, name",
            r -> r.setFeaturesCol("pixels")),
        refused("sampleCol name is already a column: name another", r -> r.setSampleCol("name")),
        refused(
            "freeEnergyCol h is already a column: name another",
            r -> r.setOutputCol("h").setFreeEnergyCol("h")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void fitRefusesBeforeAnyJob(String message, UnaryOperator<RestrictedBoltzmannMachine> setting)
      throws TimeoutException {
    Dataset<Row> table =
        Tables.vectors(barsAndStripes(20), 2).withColumn("name", functions.lit("x"));
    try (JobCounter counter = new JobCounter()) {
      Throwable refusal =
          catchThrowable(() -> setting.apply(new RestrictedBoltzmannMachine()).fit(table));
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
      assertThat(counter.jobs()).isZero();
    }
  }

  @Test
  void bernoulliUnitsWantFeaturesBetweenZeroAndOneAndSayTheWayOut() {
    Dataset<Row> table =
        LocalSpark.session().sql("select array(0.5D, double(id)) features from range(0, 3, 1, 1)");
    rootCauseOf(() -> easy().fit(table))
        .hasMessage(
            "row 2 of partition 0 (counted from 0): column features has 2.0 at element 1, outside"
                + " [0.0, 1.0], which visibleType bernoulli needs (scale the features, or set"
                + " visibleType to gaussian): mend the row, or set handleInvalid to skip");
    assertThat(easy().setVisibleType("gaussian").setStepSize(0.001).fit(table).numFeatures())
        .isEqualTo(2);
  }

  @Test
  void stepsThatAreTooLongEndInOneLine() {
    float[][] rows = Tables.lowRank(8, 100, 6);
    rootCauseOf(
            () ->
                easy()
                    .setVisibleType("gaussian")
                    .setHiddenType("gaussian")
                    .setStepSize(50)
                    .setEpochs(20)
                    .fit(Tables.vectors(rows, 2)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("stepSize");
  }
}
