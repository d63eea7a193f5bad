package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows whose features are missing or noisy, of which three hidden factors explain ten features. */
class RestorerTest {
  private static final int WIDTH = 10;
  private static final int ROWS = 600;

  @TempDir private Path folder;

  private static float[][] rows;
  private static Dataset<Row> table;

  /** Every kind of autoencoder. */
  enum Kind {
    LINEAR,
    CROSS_ENTROPY,
    ADVERSARIAL,
    VARIATIONAL;

    private CodeModel model;

    synchronized CodeModel model() {
      if (model == null) {
        model = train();
      }
      return model;
    }

    private CodeModel train() {
      return switch (this) {
        case LINEAR ->
            new Autoencoder().setCodeSize(3).setEpochs(150).setStepSize(0.02).setSeed(1).fit(table);
        case CROSS_ENTROPY ->
            new Autoencoder()
                .setHiddenLayers(new int[] {20})
                .setCodeSize(3)
                .setActivation("tanh")
                .setOutputActivation("sigmoid")
                .setLoss("crossEntropy")
                .setTiedWeights(true)
                .setEpochs(150)
                .setStepSize(0.01)
                .setBatchSize(50)
                .setSeed(1)
                .fit(table);
        case ADVERSARIAL ->
            new AdversarialAutoencoder()
                .setHiddenLayers(new int[] {20})
                .setCodeSize(3)
                .setActivation("tanh")
                .setEpochs(100)
                .setBatchSize(50)
                .setSeed(1)
                .fit(table);
        case VARIATIONAL ->
            new VariationalAutoencoder()
                .setHiddenLayers(new int[] {20})
                .setCodeSize(3)
                .setLikelihood("gaussian")
                .setLikelihoodDeviation(0.03)
                .setEpochs(150)
                .setStepSize(0.005)
                .setBatchSize(50)
                .setSeed(1)
                .fit(table);
      };
    }
  }

  @BeforeAll
  static void makeTable() {
    rows = Tables.lowRank(3, ROWS, WIDTH);
    table = Tables.vectors(rows, 3).cache();
  }

  /** Which features of a row are missing. */
  @FunctionalInterface
  private interface Gaps {
    boolean isMissing(int row, int feature);
  }

  /** The first rows with the features from {@code from} on missing, and a number for each row. */
  private static Dataset<Row> damaged(int from, int count) {
    return damaged((row, feature) -> feature >= from, count);
  }

  private static Dataset<Row> damaged(Gaps gaps, int count) {
    List<Row> damaged = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] row = Tables.doubles(rows[i]);
      for (int j = 0; j < WIDTH; j++) {
        row[j] = gaps.isMissing(i, j) ? Double.NaN : row[j];
      }
      damaged.add(RowFactory.create(i, Vectors.dense(row)));
    }
    return LocalSpark.session()
        .createDataFrame(
            damaged,
            new StructType()
                .add("id", DataTypes.IntegerType)
                .add("features", SQLDataTypes.VectorType()));
  }

  /** Squared errors of the missing features: of the restored rows, and of the means. */
  private static double[] errors(Dataset<Row> restored, Restorer restorer, int from) {
    double[] errors = new double[2];
    for (Row row : restored.select("id", restorer.getOutputCol()).collectAsList()) {
      for (int j = from; j < WIDTH; j++) {
        double truth = rows[row.getInt(0)][j];
        errors[0] += Math.pow(row.<Vector>getAs(1).apply(j) - truth, 2);
        errors[1] += Math.pow(restorer.featureMeans()[j] - truth, 2);
      }
    }
    return errors;
  }

  @ParameterizedTest
  @EnumSource
  void everyAutoencoderRestoresBetterThanMeansDo(Kind kind) {
    Restorer restorer = Restorer.like(kind.model(), table);
    double[] errors = errors(restorer.transform(damaged(6, 60)), restorer, 6);
    assertThat(errors[0]).as("%s, means %s", errors[0], errors[1]).isLessThan(0.4 * errors[1]);
  }

  @Test
  void knownFeaturesStayAsGivenUnlessAskedOtherwise() {
    Restorer restorer = Restorer.like(Kind.LINEAR.model(), table);
    Dataset<Row> damaged = damaged(6, 5);
    List<double[]> given = Easy.arrays(damaged, "features");
    List<double[]> restored = Easy.arrays(restorer.transform(damaged), "restored");
    List<double[]> decoded =
        Easy.arrays(restorer.setKeepKnown(false).transform(damaged), "restored");
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < WIDTH; j++) {
        assertThat(restored.get(i)[j]).isEqualTo(j < 6 ? given.get(i)[j] : decoded.get(i)[j]);
      }
      assertThat(decoded.get(i)[0]).isNotEqualTo(given.get(i)[0]);
    }
  }

  @Test
  void distrustedFeaturesCountAsMissing() {
    Restorer restorer =
        Restorer.like(Kind.LINEAR.model(), table).setDistrusted(new int[] {6, 7, 8, 9});
    Dataset<Row> wrong =
        damaged(WIDTH, 40)
            .withColumn(
                "features",
                functions
                    .udf(
                        (Vector row) -> {
                          double[] values = row.toArray().clone();
                          Arrays.fill(values, 6, WIDTH, 123);
                          return Vectors.dense(values);
                        },
                        SQLDataTypes.VectorType())
                    .apply(functions.col("features")));
    double[] errors = errors(restorer.transform(wrong), restorer, 6);
    assertThat(errors[0]).isLessThan(0.3 * errors[1]);
    assertThat(catchThrowable(() -> restorer.setDistrusted(new int[] {WIDTH}).transform(wrong)))
        .hasMessage("distrusted must be features from 0 to 9, not 10");
  }

  @ParameterizedTest
  @EnumSource
  void confidenceFallsWithWhatIsMissing(Kind kind) {
    Restorer restorer = Restorer.like(kind.model(), table).setConfidenceCol("confidence");
    double[] means = new double[3];
    // two features of each row, others from row to row; all but two; all
    Gaps two = (row, feature) -> feature % 5 == row % 5;
    Gaps[] gaps = {two, (row, feature) -> !two.isMissing(row, feature), (row, feature) -> true};
    for (int k = 0; k < 3; k++) {
      for (Row row :
          restorer.transform(damaged(gaps[k], 40)).select("confidence").collectAsList()) {
        assertThat(row.getDouble(0)).isBetween(0.0, 1.0);
        means[k] += row.getDouble(0) / 40;
      }
    }
    String all = Arrays.toString(means);
    assertThat(means[0]).as(all).isGreaterThan(0.55);
    assertThat(means[1]).as(all).isLessThan(means[0] - 0.05);
    assertThat(means[2]).as(all).isLessThan(means[1]).isLessThan(0.3);
  }

  @Test
  void rowsAreRestoredTheSameWayInAnyNumberOfPartitions() {
    Restorer restorer = Restorer.like(Kind.VARIATIONAL.model(), table).setStarts(4);
    Dataset<Row> damaged = damaged(4, 30);
    List<double[]> one =
        Easy.arrays(restorer.transform(damaged.coalesce(1)).orderBy("id"), "restored");
    List<double[]> many =
        Easy.arrays(restorer.transform(damaged.repartition(7)).orderBy("id"), "restored");
    List<double[]> other =
        Easy.arrays(restorer.setSeed(2).transform(damaged).orderBy("id"), "restored");
    double difference = 0;
    for (int i = 0; i < 30; i++) {
      assertThat(many.get(i)).containsExactly(one.get(i), within(1e-3));
      difference += Math.abs(other.get(i)[9] - one.get(i)[9]);
    }
    assertThat(difference).isGreaterThan(1e-3);
  }

  @Test
  void nearestEstimateIsTheDecodedCode() {
    CodeModel model = Kind.VARIATIONAL.model();
    Restorer restorer =
        Restorer.like(model, table)
            .setEstimate(RestorerParams.NEAREST)
            .setKeepKnown(false)
            .setCodeCol("code");
    for (Row row : restorer.transform(damaged(3, 10)).collectAsList()) {
      assertThat(row.<Vector>getAs("restored").toArray())
          .containsExactly(model.decode(row.getAs("code")).toArray(), within(1e-4));
    }
  }

  @Test
  void rowsThatAModelDrawsTellOfFeaturesThatNoRowKnows() {
    Dataset<Row> damaged = damaged(6, 60);
    Restorer restorer = Restorer.like(Kind.VARIATIONAL.model(), damaged);
    double[] errors = errors(restorer.transform(damaged), restorer, 6);
    assertThat(errors[0]).isLessThan(0.3 * errors[1]);
    assertThat(restorer.featureMeans()[8]).isCloseTo(0.5, within(0.1));
    assertThat(catchThrowable(() -> Restorer.like(Kind.LINEAR.model(), damaged)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no row of the table knows feature 6: name a table of rows as they should be");
  }

  @Test
  void momentsAreThoseOfTheKnownValues() {
    Dataset<Row> some = damaged(6, 20).union(damaged(WIDTH, 40)).repartition(5);
    Restorer restorer = Restorer.like(Kind.LINEAR.model(), some);
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 40; i++) {
      mean += rows[i][9] / 40;
      square += (double) rows[i][9] * rows[i][9] / 40;
    }
    assertThat(restorer.featureMeans()[9]).isCloseTo(mean, within(1e-6));
    assertThat(restorer.featureVariances()[9]).isCloseTo(square - mean * mean, within(1e-6));
  }

  @Test
  void columnsOfNumbersAndArraysAreRead() {
    Dataset<Row> arrays =
        damaged(6, 8)
            .withColumn(
                "features",
                functions
                    .udf((Vector row) -> row.toArray(), new ArrayType(DataTypes.DoubleType, false))
                    .apply(functions.col("features")));
    assertThat(arrays.schema().apply("features").dataType().typeName()).isEqualTo("array");
    Restorer restorer = Restorer.like(Kind.LINEAR.model(), table);
    List<double[]> expected = Easy.arrays(restorer.transform(damaged(6, 8)), "restored");
    List<double[]> actual = Easy.arrays(restorer.transform(arrays), "restored");
    for (int i = 0; i < 8; i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(0.02)); // other draws
      assertThat(actual.get(i)[0]).isEqualTo(expected.get(i)[0]);
    }
  }

  @Test
  void nullsInfinitiesAndOtherWidthsAreRefused() {
    Restorer restorer = Restorer.like(Kind.LINEAR.model(), table);
    double[] infinite = Tables.doubles(rows[0]);
    infinite[3] = Double.POSITIVE_INFINITY;
    for (Vector wrong : new Vector[] {null, Vectors.dense(1, 2), Vectors.dense(infinite)}) {
      Dataset<Row> one =
          LocalSpark.session()
              .createDataFrame(
                  List.of(RowFactory.create(wrong)),
                  new StructType().add("features", SQLDataTypes.VectorType()));
      assertThat(catchThrowable(() -> restorer.transform(one).collectAsList()))
          .rootCause()
          .hasMessageContaining(
              wrong == null
                  ? "column features is null"
                  : wrong.size() == 2
                      ? "has 2 elements, but the model was trained on 10"
                      : "has Infinity at element 3");
    }
  }

  @Test
  void copyTakesParamsAndModel() {
    Restorer restorer = Restorer.like(Kind.LINEAR.model(), table).setStarts(2);
    Restorer copy = restorer.copy(new ParamMap().put(restorer.steps(), 5));
    assertThat(copy.getStarts()).isEqualTo(2);
    assertThat(copy.getSteps()).isEqualTo(5);
    assertThat(restorer.getSteps()).isEqualTo(60);
    assertThat(copy.uid()).isEqualTo(restorer.uid());
    assertThat(copy.transform(damaged(6, 4)).columns())
        .containsExactly("id", "features", "restored");
    assertThat(restorer.explainParams()).contains("distrusted", "default: []");
    assertThat(catchThrowable(() -> restorer.setOutputCol("id").transform(damaged(6, 4))))
        .hasMessage("outputCol id is already a column: name another");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void sameRestorerIsReadThatWasWritten(Kind kind) throws IOException {
    Restorer restorer =
        Restorer.like(kind.model(), table)
            .setConfidenceCol("confidence")
            .setStarts(3)
            .setSteps(10)
            .setDistrusted(new int[] {2});
    String path = folder.resolve(kind.name()).toString();
    new Pipeline().setStages(new PipelineStage[] {restorer}).fit(table).write().save(path);
    Dataset<Row> damaged = damaged(7, 20);
    assertThat(PipelineModel.load(path).transform(damaged).orderBy("id").collectAsList())
        .isEqualTo(restorer.transform(damaged).orderBy("id").collectAsList());
  }

  @Test
  void folderOfSomethingElseIsRefused() throws IOException {
    String path = folder.resolve("plain").toString();
    ((MLWritable) Kind.LINEAR.model()).write().save(path);
    assertThat(catchThrowable(() -> Restorer.load(path)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Autoencoder wide() {
    return new Autoencoder()
        .setCodeSize(8)
        .setEpochs(60)
        .setStepSize(0.02)
        .setBatchSize(50)
        .setSeed(1);
  }

  /** The error on the missing features beside that of means, and the codes that were found. */
  private static List<double[]> codes(AutoencoderModel model) {
    Restorer restorer = Restorer.like(model, table).setCodeCol("found").setStarts(4).setSteps(60);
    Dataset<Row> restored = restorer.transform(damaged(7, 60));
    assertThat(ratio(restorer, restored)).isLessThan(0.8);
    return Easy.arrays(restored, "found");
  }

  private static double ratio(Restorer restorer, Dataset<Row> restored) {
    double error = 0;
    double imputed = 0;
    for (Row row : restored.select("id", restorer.getOutputCol()).collectAsList()) {
      double[] features = row.<Vector>getAs(1).toArray();
      for (int i = 7; i < WIDTH; i++) {
        double truth = rows[row.getInt(0)][i];
        error += (features[i] - truth) * (features[i] - truth);
        imputed += Math.pow(restorer.featureMeans()[i] - truth, 2);
      }
    }
    return error / imputed;
  }

  @Test
  void codesAreSuchAsTheirUnitsCanBe() {
    for (double[] code : codes(wide().setCodeActivation("sigmoid").fit(table))) {
      assertThat(Arrays.stream(code).boxed()).allMatch(h -> h >= 0 && h <= 1);
    }
    for (double[] code : codes(wide().setCodeActivation("relu").setKSparse(4).fit(table))) {
      assertThat(Arrays.stream(code).boxed()).allMatch(h -> h >= 0);
      assertThat(Arrays.stream(code).filter(h -> h > 0).count()).isLessThanOrEqualTo(4);
    }
  }
}
