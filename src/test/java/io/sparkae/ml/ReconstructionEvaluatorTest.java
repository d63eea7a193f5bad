package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconstructionEvaluatorTest {
  private static final Vector REBUILT = Vectors.dense(1, 1, 1);
  private static final Vector OTHER = Vectors.dense(0, 2, 0);

  @TempDir private Path folder;

  private static Dataset<Row> table(DataType type, Object... features) {
    return Tables.table(
        LocalSpark.session(),
        List.of(RowFactory.create(features[0], REBUILT), RowFactory.create(features[1], OTHER)),
        new StructType().add("features", type).add("reconstruction", SQLDataTypes.VectorType()),
        2);
  }

  /** Row errors 0 + 1 + 4 = 5 and 9 + 4 + 0 = 13: mean 9, over 3 features 3, its root 1.732. */
  @ParameterizedTest
  @CsvSource({"squaredError, 9", "meanSquaredError, 3", "rootMeanSquaredError, 1.7320508075688772"})
  void metricsAreThoseComputedByHand(String metric, double expected) {
    List<Dataset<Row>> tables =
        List.of(
            table(
                SQLDataTypes.VectorType(),
                Vectors.dense(1, 2, 3),
                Vectors.sparse(3, new int[] {0}, new double[] {3})),
            table(
                DataTypes.createArrayType(DataTypes.DoubleType),
                new double[] {1.0, 2.0, 3.0},
                new double[] {3.0, 0.0, 0.0}),
            table(
                DataTypes.createArrayType(DataTypes.FloatType),
                new float[] {1f, 2f, 3f},
                new float[] {3f, 0f, 0f}));
    for (Dataset<Row> table : tables) {
      assertThat(new ReconstructionEvaluator().setMetricName(metric).evaluate(table))
          .isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void smallerIsBetterForEveryMetric() {
    for (String metric : List.of("squaredError", "meanSquaredError", "rootMeanSquaredError")) {
      assertThat(new ReconstructionEvaluator().setMetricName(metric).isLargerBetter()).isFalse();
    }
  }

  @Test
  void noRowsHaveNoError() {
    Dataset<Row> table = table(SQLDataTypes.VectorType(), REBUILT, REBUILT).filter("false");
    assertThat(new ReconstructionEvaluator().evaluate(table)).isNaN();
  }

  @Test
  void missingColumnsAreNamed() {
    Dataset<Row> table = table(SQLDataTypes.VectorType(), REBUILT, REBUILT);
    assertThatThrownBy(() -> new ReconstructionEvaluator().setFeaturesCol("x").evaluate(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("featuresCol x is not among the columns features, reconstruction");
    assertThatThrownBy(() -> new ReconstructionEvaluator().evaluate(table.select("features")))
        .hasMessage(
            "reconstructionCol reconstruction is not among the columns features: the"
                + " Autoencoder (or AutoencoderModel) makes it by"
                + " setReconstructionCol(\"reconstruction\")");
    assertThatThrownBy(() -> new ReconstructionEvaluator().setMetricName("accuracy"))
        .hasMessage(
            "metricName must be one of squaredError, meanSquaredError, rootMeanSquaredError, not"
                + " accuracy");
  }

  @Test
  void featuresOfAnotherWidthAreRefused() {
    Dataset<Row> table =
        table(SQLDataTypes.VectorType(), Vectors.dense(1, 2, 3, 4), Vectors.dense(1, 2, 3));
    rootCauseOf(() -> new ReconstructionEvaluator().evaluate(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size of features must be 3, as the reconstruction's, not 4");
  }

  @Test
  void copyAndSavedEvaluatorKeepTheParams() throws IOException {
    ReconstructionEvaluator evaluator =
        new ReconstructionEvaluator().setMetricName("meanSquaredError").setFeaturesCol("x");
    String path = folder.resolve("evaluator").toString();
    evaluator.write().save(path);
    assertThatThrownBy(() -> evaluator.write().save(path)).hasMessageContaining("already exists");
    evaluator.setReconstructionCol("y").write().overwrite().save(path);
    ReconstructionEvaluator loaded = ReconstructionEvaluator.load(path);
    assertThat(loaded.uid()).isEqualTo(evaluator.uid());
    assertThat(loaded.explainParams()).isEqualTo(evaluator.explainParams());
    ReconstructionEvaluator copy = evaluator.copy(new ParamMap());
    assertThat(copy.explainParams()).isEqualTo(evaluator.explainParams());
    copy.setFeaturesCol("z");
    assertThat(evaluator.explainParams()).contains("current: x").doesNotContain("current: z");
  }
}
