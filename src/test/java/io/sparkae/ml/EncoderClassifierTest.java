package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.PersistentRdds;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classifiers on top of encoders, and without one. */
class EncoderClassifierTest {
  private static final int WIDTH = 6;
  private static final Dataset<Row> THREE = clusters(3, 240);
  private static final Dataset<Row> TWO = clusters(2, 160);

  @TempDir private Path folder;
  private Set<Object> before;

  @BeforeEach
  void look() {
    before = PersistentRdds.ids();
  }

  @AfterEach
  void nothingStaysInMemory() {
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }

  /** Clouds around points of the unit cube, one for each class, that overlap a little. */
  private static Dataset<Row> clusters(int classes, int rows) {
    Random random = new Random(4);
    double[][] centres = new double[classes][];
    for (int k = 0; k < classes; k++) {
      centres[k] = random.doubles(WIDTH).toArray();
    }
    List<Row> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int k = random.nextInt(classes);
      float[] features = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        double value = centres[k][i] + 0.25 * random.nextGaussian();
        features[i] = (float) Math.max(0, Math.min(1, value));
      }
      table.add(RowFactory.create(Tables.vector(features), (double) k));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType(), false)
            .add("label", DataTypes.DoubleType, false);
    return LocalSpark.session().createDataFrame(table, schema);
  }

  private static AutoencoderModel encoder() {
    return Easy.autoencoder().setCodeActivation("sigmoid").setEpochs(20).fit(THREE);
  }

  private static EncoderClassifier classifier(AutoencoderModel encoder) {
    return new EncoderClassifier()
        .setEncoderModel(encoder)
        .setHeadEpochs(3)
        .setHeadStepSize(0.05)
        .setEpochs(30)
        .setStepSize(0.01)
        .setBatchSize(16)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5);
  }

  private static EncoderClassifier headAlone(AutoencoderModel encoder) {
    EncoderClassifier whole = classifier(encoder);
    whole.clear(whole.epochs()).clear(whole.stepSize());
    return whole.setFineTune(false);
  }

  private static double errors(EncoderClassifierModel model, Dataset<Row> table) {
    return 1
        - new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(table));
  }

  @Test
  void headAloneIsALinearClassifierOfTheCodes() {
    AutoencoderModel encoder = encoder();
    EncoderClassifierModel head = headAlone(encoder).fit(THREE);
    EncoderClassifierModel linear =
        new DenseClassifier()
            .setFeaturesCol("codes")
            .setEpochs(3)
            .setStepSize(0.05)
            .setBatchSize(16)
            .setReplicas(2)
            .setMicroBatches(2)
            .setSeed(5)
            .fit(encoder.copy(ParamMap.empty()).setOutputCol("codes").transform(THREE));
    int codes = linear.parameters().length;
    float[] all = head.parameters();
    assertSameBits(
        "head", Arrays.copyOfRange(all, all.length - codes, all.length), linear.parameters());
    float[] trained = encoder.parameters();
    int shared = all.length - codes;
    assertSameBits(
        "encoder", Arrays.copyOfRange(all, 0, shared), Arrays.copyOfRange(trained, 0, shared));
  }

  @Test
  void fineTuningChangesTheEncoderAndErrsLess() {
    AutoencoderModel encoder = encoder();
    EncoderClassifierModel head = headAlone(encoder).fit(THREE);
    EncoderClassifierModel whole = classifier(encoder).fit(THREE);
    assertThat(whole.parameters()[0]).isNotEqualTo(encoder.parameters()[0]);
    assertThat(errors(whole, THREE)).isLessThan(0.1).isLessThan(errors(head, THREE));
    TrainingSummary summary = whole.summary().orElseThrow();
    assertThat(summary.phase()).isEqualTo("encoder and head");
    assertThat(summary.pretraining()).hasSize(1);
    assertThat(summary.pretraining().get(0).phase()).isEqualTo("head");
  }

  @Test
  void linearClassifierFindsMllibsMinimum() {
    double decay = 0.05;
    EncoderClassifierModel ours =
        new DenseClassifier()
            .setOptimizer("lbfgs")
            .setMaxIter(300)
            .setTol(0)
            .setWeightDecay(decay)
            .fit(THREE);
    LogisticRegressionModel theirs =
        new LogisticRegression()
            .setFamily("multinomial")
            .setStandardization(false)
            .setRegParam(decay)
            .setTol(1e-12)
            .setMaxIter(500)
            .fit(THREE);
    List<Vector> mine = vectors(ours.transform(THREE));
    List<Vector> reference = vectors(theirs.transform(THREE));
    for (int row = 0; row < mine.size(); row++) {
      for (int k = 0; k < 3; k++) {
        assertThat(mine.get(row).apply(k)).isCloseTo(reference.get(row).apply(k), within(2e-3));
      }
    }
  }

  private static List<Vector> vectors(Dataset<Row> table) {
    return table.select("probability").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "binomial", "multinomial"})
  void twoClassesHaveOneLogisticUnitOrASoftmax(String family) {
    EncoderClassifierModel model =
        new DenseClassifier()
            .setHiddenLayers(new int[] {4})
            .setFamily(family)
            .setEpochs(30)
            .setStepSize(0.01)
            .setBatchSize(16)
            .fit(TWO);
    int outputs = model.layout().slices().get(2).columns();
    assertThat(outputs).isEqualTo(family.equals("multinomial") ? 2 : 1);
    Dataset<Row> predicted = model.transform(TWO);
    assertThat(new BinaryClassificationEvaluator().evaluate(predicted)).isGreaterThan(0.97);
    for (Row row : predicted.collectAsList()) {
      Vector probability = row.getAs("probability");
      Vector raw = row.getAs("rawPrediction");
      double difference = raw.apply(1) - raw.apply(0);
      double m = family.equals("multinomial") ? difference : difference / 2;
      assertThat(probability.apply(1)).isCloseTo(1 / (1 + Math.exp(-m)), within(1e-9));
      assertThat(probability.apply(0) + probability.apply(1)).isCloseTo(1, within(1e-12));
      assertThat(row.<Double>getAs("prediction")).isEqualTo((double) raw.argmax());
      Vector features = row.getAs("features");
      assertThat(model.predict(features)).isEqualTo(row.<Double>getAs("prediction"));
      assertThat(model.predictProbability(features)).isEqualTo(probability);
      assertThat(model.predictRaw(features)).isEqualTo(raw);
    }
  }

  @Test
  void hiddenDropoutIsOfTheLastHiddenLayerToo() {
    DenseClassifier plain = new DenseClassifier().setHiddenLayers(new int[] {4}).setEpochs(2);
    float[] dropped = plain.copy(ParamMap.empty()).setHiddenDropout(0.5).fit(THREE).parameters();
    assertThat(dropped).isNotEqualTo(plain.fit(THREE).parameters());
    assertSameBits("of the code", dropped, plain.setCodeDropout(0.5).fit(THREE).parameters());
  }

  @Test
  void skippedRowsAreToldOfTheHeadAlone() {
    Dataset<Row> one = THREE.limit(1).withColumn("label", functions.lit(Double.NaN));
    EncoderClassifierModel model =
        headAlone(encoder()).setHandleInvalid("skip").fit(THREE.union(one));
    assertThat(model.summary().orElseThrow().skippedRows()).isEqualTo(1);
  }

  @Test
  void skippedRowsAndRowsToValidateOnAreLeftOutOfBothTrainings() {
    Dataset<Row> marked = THREE.withColumn("held", functions.expr("label = 0 and rand(3) < 0.5"));
    long held = marked.filter("held").count();
    Dataset<Row> invalid =
        THREE
            .limit(2)
            .withColumn("label", functions.lit(Double.NaN))
            .withColumn("held", functions.lit(false));
    EncoderClassifier classifier =
        classifier(encoder())
            .setEpochs(2)
            .setHiddenDropout(0.2)
            .setValidationIndicatorCol("held")
            .setHandleInvalid("skip");
    EncoderClassifierModel model = classifier.fit(invalid.union(marked));
    TrainingSummary summary = model.summary().orElseThrow();
    assertThat(summary.skippedRows()).isEqualTo(2);
    assertThat(summary.validationRows()).isEqualTo(held);
    assertThat(summary.rows()).isEqualTo(THREE.count() - held);
    assertThat(summary.pretraining().get(0).rows()).isEqualTo(THREE.count() - held);
    assertSameBits("without them", model.parameters(), classifier.fit(marked).parameters());
  }

  @Test
  void kSparseEncoderKeepsItsUnitsInTheClassifier() {
    AutoencoderModel encoder =
        Easy.autoencoder()
            .setCodeSize(5)
            .setKSparse(1)
            .setKSparseStart(3)
            .setKSparseAlpha(2)
            .fit(THREE);
    EncoderClassifierModel model = headAlone(encoder).fit(THREE);
    assertThat(model.getKSparse()).isEqualTo(2);
    int weights = 5 * 3;
    float[] all = model.parameters();
    Dataset<Row> codes = encoder.setOutputCol("codes").transform(THREE);
    for (Row row : codes.limit(20).collectAsList()) {
      Vector code = row.getAs("codes");
      Vector raw = model.predictRaw(row.getAs("features"));
      for (int k = 0; k < 3; k++) {
        double expected = all[all.length - 3 + k];
        for (int i = 0; i < 5; i++) {
          expected += code.apply(i) * all[all.length - 3 - weights + i * 3 + k];
        }
        assertThat(raw.apply(k)).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void savedModelPredictsTheSame() throws IOException {
    EncoderClassifierModel model = classifier(encoder()).setEpochs(2).fit(THREE);
    String path = folder.resolve("model").toString();
    model.write().save(path);
    EncoderClassifierModel read = EncoderClassifierModel.load(path);
    assertThat(read.transform(THREE).collectAsList())
        .isEqualTo(model.transform(THREE).collectAsList());
    assertThat(read.summary().orElseThrow().pretraining()).hasSize(1);
  }

  @Test
  void encoderMayBeNamedByItsFolder() throws IOException {
    AutoencoderModel encoder = encoder();
    String path = folder.resolve("encoder").toString();
    encoder.write().save(path);
    EncoderClassifier named = classifier(null).setEncoder(path).setEpochs(2);
    String saved = folder.resolve("classifier").toString();
    named.write().save(saved);
    assertSameBits(
        "parameters",
        EncoderClassifier.load(saved).fit(THREE).parameters(),
        classifier(encoder).setEpochs(2).fit(THREE).parameters());
    assertThat(catchThrowable(() -> classifier(encoder).write()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name its folder by encoder");
    assertThat(catchThrowable(() -> classifier(encoder).setEncoder(path).fit(THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exclude each other");
    assertThat(catchThrowable(() -> classifier(null).fit(THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("encoder is missing: ");
  }

  @Test
  void anotherModelIsNoEncoder() throws IOException {
    String path = folder.resolve("dense").toString();
    new DenseClassifier().setEpochs(1).fit(THREE).write().save(path);
    assertThat(catchThrowable(() -> classifier(null).setEncoder(path).fit(THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(path + " is an EncoderClassifierModel, not a saved AutoencoderModel");
  }

  @Test
  void encoderOfABeliefNetworkIsUsedLikeAnother() {
    AutoencoderModel network =
        new DeepBeliefNetwork()
            .setHiddenLayers(new int[] {5})
            .setCodeSize(4)
            .setBatchSize(16)
            .setLayerEpochs(new int[] {2})
            .setEpochs(1)
            .fit(THREE);
    float[] trained = network.parameters();
    int shared = WIDTH * 5 + 5 + 5 * 4 + 4;
    EncoderClassifierModel head = headAlone(network).fit(THREE);
    assertSameBits(
        "encoder",
        Arrays.copyOfRange(head.parameters(), 0, shared),
        Arrays.copyOfRange(trained, 0, shared));
    assertThat(head.getCodeActivation()).isEqualTo("sigmoid");
    EncoderClassifierModel whole = classifier(network).setEpochs(60).fit(THREE);
    assertThat(errors(whole, THREE)).isLessThan(0.1);
  }

  @Test
  void validationRowsStopTheTrainingByTheirErrors() {
    EncoderClassifierModel model =
        new DenseClassifier()
            .setHiddenLayers(new int[] {4})
            .setStepSize(0.02)
            .setBatchSize(16)
            .setEpochs(60)
            .setValidationFraction(0.3)
            .setPatience(5)
            .fit(THREE);
    TrainingSummary summary = model.summary().orElseThrow();
    assertThat(summary.stoppedEarly()).isTrue();
    assertThat(summary.validationRows()).isEqualTo(72);
    for (double rate : summary.validationHistory()) {
      assertThat(rate * 72).isCloseTo(Math.rint(rate * 72), within(1e-9)).isBetween(0.0, 72.0);
    }
    double[] losses =
        new DenseClassifier()
            .setEpochs(2)
            .setValidationFraction(0.3)
            .setValidationMetric("loss")
            .fit(THREE)
            .summary()
            .orElseThrow()
            .validationHistory();
    assertThat(losses[1] * 72).isNotCloseTo(Math.rint(losses[1] * 72), within(1e-9));
  }

  @Test
  void tunesAndEvaluatesWithMllib() {
    DenseClassifier classifier =
        new DenseClassifier().setHiddenLayers(new int[] {4}).setEpochs(10).setBatchSize(16);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.stepSize(), new double[] {1e-9, 0.02}).build();
    StringIndexer words =
        new StringIndexer().setInputCol("kind").setOutputCol("index").setHandleInvalid("error");
    Dataset<Row> named =
        THREE
            .withColumn("kind", functions.concat(functions.lit("k"), functions.col("label")))
            .drop("label");
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {words, classifier.setLabelCol("index")});
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator().setLabelCol("index"))
            .setNumFolds(2)
            .fit(named);
    assertThat(best.avgMetrics()[1]).isGreaterThan(0.8).isGreaterThan(best.avgMetrics()[0]);
  }

  @Test
  void sparseRowsAreClassifiedAsDenseOnes() {
    float[][] rows = Tables.sparse(6, 90, 60, 0.03);
    List<Row> dense = new ArrayList<>();
    List<Row> sparse = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      Vector vector = Tables.vector(rows[row]);
      double label = rows[row][0] + rows[row][1] > 0 ? 1 : row % 2;
      dense.add(RowFactory.create(vector.toDense(), label));
      sparse.add(RowFactory.create(vector.toSparse(), label));
    }
    Dataset<Row> denseRows = LocalSpark.session().createDataFrame(dense, THREE.schema());
    Dataset<Row> sparseRows = LocalSpark.session().createDataFrame(sparse, THREE.schema());
    AutoencoderModel encoder = Easy.autoencoder().setOutputActivation("linear").fit(denseRows);
    float[] ofDense = classifier(encoder).setEpochs(2).fit(denseRows).parameters();
    float[] ofSparse = classifier(encoder).setEpochs(2).fit(sparseRows).parameters();
    for (int i = 0; i < ofDense.length; i++) {
      assertThat(ofSparse[i]).isCloseTo(ofDense[i], within(1e-3f));
    }
  }

  @Test
  void columnsThatNobodyNamesAreNotMade() {
    EncoderClassifierModel model = new DenseClassifier().setEpochs(1).fit(THREE);
    assertThat(model.transform(THREE).columns())
        .containsExactly("features", "label", "rawPrediction", "probability", "prediction");
    model.setRawPredictionCol("").setProbabilityCol("");
    assertThat(model.transform(THREE).columns()).containsExactly("features", "label", "prediction");
  }

  private static Dataset<Row> labelled(String expression) {
    return THREE.withColumn("label", functions.expr(expression));
  }

  private static void assertRefused(Dataset<Row> table, String message) {
    assertThat(catchThrowable(() -> new DenseClassifier().fit(table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void labelsThatAreNoClassIndicesAreRefused() {
    assertRefused(
        labelled("label - 1"),
        "labelCol label must hold class indices, whole numbers from 0, and goes from -1.0 to 1.0:"
            + " StringIndexer makes class indices of values");
    assertRefused(
        labelled("label + 99"),
        "labelCol label goes up to 101.0: more than 100 classes must be named by metadata, as"
            + " StringIndexer does");
    assertRefused(
        labelled("label / 2"),
        "labelCol label must hold class indices, whole numbers from 0, and goes from 0.0 to 1.0:"
            + " StringIndexer makes class indices of values");
    assertRefused(labelled("cast(null as double)"), "labelCol label has no value in any row");
    assertRefused(labelled("0.0d"), "labelCol label has one class, 0: two are needed");
    assertRefused(
        labelled("'a'"),
        "labelCol label must be of numbers, not string: StringIndexer makes class indices of words");
    assertRefused(THREE.drop("label"), "labelCol label is not among the columns features");
  }

  @Test
  void encoderOfAnotherWidthIsRefused() {
    AutoencoderModel narrow = Easy.autoencoder().fit(Tables.vectors(Tables.lowRank(1, 40, 4), 1));
    assertThat(catchThrowable(() -> classifier(narrow).fit(THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("features")
        .hasMessageContaining("6")
        .hasMessageContaining("4");
    assertThat(
            catchThrowable(
                () -> classifier(encoder()).setHeadEpochs(0).setFineTune(false).fit(THREE)))
        .hasMessage(
            "headEpochs is 0 and fineTune false: nothing would be trained, set one of them");
  }
}
