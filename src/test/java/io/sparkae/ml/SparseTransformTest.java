package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/**
 * Fitted models read sparse vectors by their elements, and make of them what they make of dense.
 */
class SparseTransformTest {
  private static final int WIDTH = 300;
  private static final float[][] ROWS = Tables.sparse(5, 600, WIDTH, 0.01);

  private static Dataset<Row> rows(boolean sparse) {
    List<Vector> vectors = new ArrayList<>();
    for (float[] row : ROWS) {
      vectors.add(sparse ? Tables.vector(row).toSparse() : Tables.vector(row).toDense());
    }
    return Tables.values("features", SQLDataTypes.VectorType(), vectors, 2);
  }

  private static void assertSame(Dataset<Row> actual, Dataset<Row> expected, String column) {
    List<double[]> rows = Easy.arrays(actual, column);
    List<double[]> others = Easy.arrays(expected, column);
    assertThat(rows).hasSize(ROWS.length);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).as("row %d", i).containsExactly(others.get(i), within(1e-5));
    }
  }

  @Test
  void codesAndReconstructionsOfSparseRowsAreThoseOfDenseOnes() {
    AutoencoderModel model =
        Easy.autoencoder().setOutputActivation("linear").fit(rows(true)).setOutputCol("code");
    assertSame(model.transform(rows(true)), model.transform(rows(false)), "code");
    model.setReconstructionCol("back");
    assertSame(model.transform(rows(true)), model.transform(rows(false)), "back");
  }

  @Test
  void probabilitiesOfSparseRowsAreThoseOfDenseOnes() {
    Dataset<Row> labelled =
        rows(true).withColumn("label", functions.rand(3).gt(0.5).cast(DataTypes.DoubleType));
    EncoderClassifierModel model = new DenseClassifier().setEpochs(2).fit(labelled);
    assertSame(model.transform(rows(true)), model.transform(rows(false)), "probability");
  }

  @Test
  void denseRowBehindSparseOnesIsRead() {
    Vector thin = Vectors.sparse(WIDTH, new int[] {7}, new double[] {2});
    List<Row> mixed =
        IntStream.range(0, 4)
            .mapToObj(i -> RowFactory.create(i % 2 == 0 ? thin : thin.toDense()))
            .toList();
    Dataset<Row> table =
        LocalSpark.session()
            .createDataFrame(mixed, Tables.schema("features", SQLDataTypes.VectorType()));
    AutoencoderModel model =
        Easy.autoencoder().setOutputActivation("linear").fit(rows(true)).setOutputCol("code");
    List<double[]> codes = Easy.arrays(model.transform(table.coalesce(1)), "code");
    assertThat(codes).hasSize(4).allSatisfy(code -> assertThat(code).isEqualTo(codes.get(0)));
  }

  @Test
  void invalidElementOfASparseRowIsNamedOrSkipped() {
    Vector thin = Vectors.sparse(WIDTH, new int[] {7}, new double[] {2});
    Vector broken = Vectors.sparse(WIDTH, new int[] {8}, new double[] {Double.NaN});
    Dataset<Row> table =
        Tables.values("features", SQLDataTypes.VectorType(), List.of(thin, broken, thin), 1);
    AutoencoderModel model =
        Easy.autoencoder().setOutputActivation("linear").fit(rows(true)).setOutputCol("code");
    assertThatThrownBy(() -> model.transform(table).collectAsList())
        .rootCause()
        .hasMessageContaining("row 1 of partition 0")
        .hasMessageContaining("features has NaN at element 8");
    assertThat(model.setHandleInvalid("skip").transform(table).collectAsList()).hasSize(2);
  }
}
