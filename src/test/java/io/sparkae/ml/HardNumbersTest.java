package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.core.train.TrainingException;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that say nothing, and numbers at the ends of the range of floats. */
class HardNumbersTest {
  private static final int ROWS = 120;
  private static final int WIDTH = 5;

  /** Trained when it is first asked for. */
  private static final class Encoder {
    static final AutoencoderModel MODEL = linear().fit(table(Tables.lowRank(4, ROWS, WIDTH)));
  }

  /** Estimators that take any finite number. */
  static Map<String, Estimator<?>> estimators() {
    Map<String, Estimator<?>> estimators = new LinkedHashMap<>();
    estimators.put("adam", linear());
    estimators.put("sgd", linear().setOptimizer("sgd"));
    estimators.put("adagrad", linear().setOptimizer("adagrad"));
    estimators.put("momentum", linear().setOptimizer("momentum"));
    estimators.put("nesterov", linear().setOptimizer("nesterov"));
    estimators.put("lazyAdam", linear().setOptimizer("lazyAdam"));
    for (String optimizer : List.of("lbfgs", "conjugateGradient")) {
      Autoencoder fullBatch =
          new Autoencoder().setHiddenLayers(new int[] {6}).setCodeSize(3).setActivation("tanh");
      estimators.put(optimizer, fullBatch.setOptimizer(optimizer).setMaxIter(5));
    }
    estimators.put("cosine", linear().setLoss("cosine"));
    estimators.put("kSparse", linear().setKSparse(1));
    estimators.put(
        "klSparsity",
        linear().setCodeActivation("sigmoid").setSparsityWeight(1).setSparsityTarget(0.1));
    estimators.put(
        "contractive",
        linear().setHiddenLayers(new int[0]).setCodeActivation("tanh").setContraction(0.1));
    estimators.put("clipped", linear().setClipNorm(1).setStepSize(1));
    estimators.put(
        "stacked",
        new StackedAutoencoder()
            .setHiddenLayers(new int[] {4})
            .setCodeSize(2)
            .setOutputActivation("linear")
            .setLayerEpochs(new int[] {2})
            .setEpochs(2)
            .setBatchSize(16));
    estimators.put(
        "gaussianMachine",
        new RestrictedBoltzmannMachine()
            .setVisibleType("gaussian")
            .setHiddenUnits(3)
            .setStepSize(0.01)
            .setBatchSize(16)
            .setEpochs(2));
    estimators.put(
        "variational",
        new VariationalAutoencoder()
            .setHiddenLayers(new int[] {4})
            .setCodeSize(2)
            .setLikelihood("gaussian")
            .setBatchSize(16)
            .setEpochs(2));
    estimators.put(
        "adversarial",
        new AdversarialAutoencoder()
            .setHiddenLayers(new int[] {4})
            .setCodeSize(2)
            .setOutputActivation("linear")
            .setLoss("squaredError")
            .setBatchSize(16)
            .setEpochs(2));
    estimators.put(
        "beliefNetwork",
        new DeepBeliefNetwork()
            .setHiddenLayers(new int[] {4})
            .setCodeSize(2)
            .setOutputActivation("linear")
            .setLoss("squaredError")
            .setLayerEpochs(new int[] {2})
            .setBatchSize(16)
            .setEpochs(2));
    estimators.put(
        "generative",
        new GenerativeAdversarialNetwork()
            .setCodeSize(2)
            .setGeneratorLayers(new int[] {4})
            .setDiscriminatorLayers(new int[] {4})
            .setOutputActivation("linear")
            .setBatchSize(16)
            .setEpochs(2));
    estimators.put(
        "encoderClassifier",
        new EncoderClassifier()
            .setEncoderModel(Encoder.MODEL)
            .setHeadEpochs(2)
            .setBatchSize(16)
            .setEpochs(2));
    estimators.put("classifier", new DenseClassifier().setBatchSize(16).setEpochs(2));
    return estimators;
  }

  private static Autoencoder linear() {
    return Easy.autoencoder().setOutputActivation("linear");
  }

  /** Tables of which something can always be learned, if only that there is nothing. */
  private static Map<String, float[][]> poor() {
    Map<String, float[][]> tables = new LinkedHashMap<>();
    tables.put("zeros", new float[ROWS][WIDTH]);
    tables.put("constants", rows(0.25f, 0, 1, -3, 0.5f));
    tables.put("denormals", rows(1e-40f, -1e-45f, 1e-42f, 0, -3e-39f));
    float[][] one = Tables.lowRank(4, ROWS, WIDTH);
    for (float[] row : one) {
      row[1] = 0;
      row[3] = 1;
    }
    tables.put("constant columns", one);
    return tables;
  }

  private static float[][] rows(float... row) {
    float[][] rows = new float[ROWS][];
    Arrays.fill(rows, row);
    return rows;
  }

  static Dataset<Row> table(float[][] rows) {
    return Tables.vectors(rows, 2)
        .withColumn("label", functions.monotonically_increasing_id().mod(2).cast("double"));
  }

  private static Stream<Arguments> poorTables() {
    return poor().keySet().stream()
        .flatMap(table -> estimators().keySet().stream().map(name -> arguments(name, table)));
  }

  @ParameterizedTest
  @MethodSource("poorTables")
  void rowsThatSayLittleGiveAModelOfFiniteNumbers(String name, String table) {
    Dataset<Row> rows = table(poor().get(table));
    Model<?> model = (Model<?>) estimators().get(name).fit(rows);
    assertThat(nonFinite(((TrainedModel) model).parameters())).isZero();
    for (Row row : model.transform(rows).collectAsList()) {
      assertFinite(row);
    }
  }

  private static long nonFinite(float[] values) {
    long count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }

  private static void assertFinite(Row row) {
    for (StructField field : row.schema().fields()) {
      Object value = row.getAs(field.name());
      if (value instanceof Vector vector) {
        assertThat(vector.toArray()).as(field.name()).doesNotContain(Double.NaN);
        assertThat(Arrays.stream(vector.toArray()).allMatch(Double::isFinite)).isTrue();
      } else if (value instanceof Number number) {
        assertThat(number.doubleValue()).as(field.name()).isFinite();
      }
    }
  }

  private static Stream<Arguments> fragile() {
    return estimators().keySet().stream()
        .flatMap(name -> Stream.of(1e30f, -3e38f).map(value -> arguments(name, value)));
  }

  @ParameterizedTest
  @MethodSource("fragile")
  void oneHugeNumberIsLearnedOrToldWithItsPlace(String name, float huge) {
    float[][] rows = Tables.lowRank(4, ROWS, WIDTH);
    rows[77][2] = huge;
    Dataset<Row> table = table(rows);
    try {
      Model<?> model = (Model<?>) estimators().get(name).fit(table);
      assertThat(nonFinite(((TrainedModel) model).parameters())).isZero();
    } catch (Exception failure) {
      rootCauseOf(
              () -> {
                throw failure;
              })
          .isInstanceOf(TrainingException.class)
          .hasMessageMatching(
              "(the loss stopped being finite in epoch [12], step [0-9]+ of [0-9]+"
                  + "|the loss or its gradient is not finite at the initial weights): .*"
                  + "row 77 of the training rows holds [0-9.e+]+ at element 2 of its features:"
                  + " scaled features (too|may help)");
    }
  }

  private static Stream<String> validating() {
    return estimators().entrySet().stream()
        .filter(named -> named.getValue().hasParam("validationIndicatorCol"))
        .map(Map.Entry::getKey);
  }

  private static Model<?> fitBesideHugeRow(String name) {
    float[][] held = Tables.lowRank(5, ROWS, WIDTH);
    Arrays.fill(held[7], -3e38f);
    Dataset<Row> rows =
        table(Tables.lowRank(4, ROWS, WIDTH))
            .withColumn("held", functions.lit(false))
            .union(table(held).withColumn("held", functions.lit(true)));
    Estimator<?> estimator = estimators().get(name);
    estimator.set("validationIndicatorCol", "held");
    return (Model<?>) estimator.fit(rows);
  }

  private static void assertToldOfHugeRow(Throwable failure) {
    rootCauseOf(
            () -> {
              throw failure;
            })
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "the loss of the validation rows stopped being finite in epoch 1: row 7 of the"
                + " validation rows holds 3[.]000e[+]38 at element 0 of its features: mend the row or leave it out");
  }

  @ParameterizedTest
  @MethodSource("validating")
  void aHugeRowAmongTheValidationRowsIsLivedWithOrToldWithItsPlace(String name) {
    try {
      Model<?> model = fitBesideHugeRow(name);
      assertThat(((TrainedModel) model).summary().orElseThrow().validationHistory())
          .isNotEmpty()
          .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    } catch (Exception failure) {
      assertToldOfHugeRow(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stacked", "adversarial"})
  void aHugeRowAmongTheValidationRowsEndsATrainingWhoseSumsOverflow(String name) {
    assertToldOfHugeRow(catchThrowable(() -> fitBesideHugeRow(name)));
  }
}
