package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PcaBaselineTest {
  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session()
        .createDataFrame(rows, new StructType().add("features", SQLDataTypes.VectorType()));
  }

  /** Points on a line far from the origin: one component rebuilds them if the mean is kept. */
  @Test
  void pointsOfALineAwayFromTheOriginAreRebuiltByOneComponent() {
    Dataset<Row> line =
        table(
            new Random(1)
                .doubles(50, -1, 1)
                .mapToObj(t -> RowFactory.create(Vectors.dense(5 + 3 * t, -7 + 4 * t, 2)))
                .toList());
    PcaBaseline pca = PcaBaseline.fit(line, "features", "code", 1);
    assertThat(pca.squaredErrorPerRow(line)).isCloseTo(0, within(1e-9));
    Dataset<Row> beside = table(List.of(RowFactory.create(Vectors.dense(5, -7, 4))));
    assertThat(pca.squaredErrorPerRow(beside)).isCloseTo(4, within(1e-9));
  }

  @Test
  void theErrorOfARowIsItsDistanceFromThePlaneOfTheComponents() {
    double[] mean = {1, 1, 1};
    double[] components = {1, 0, 0, 0, 0.6, 0.8};
    // (3, 1, 6) - mean = (2, 0, 5): 2 along the first, 4 along the second, 29 - 4 - 16 is left.
    assertThat(PcaBaseline.squaredError(new double[] {3, 1, 6}, mean, components))
        .isCloseTo(9, within(1e-12));
  }
}
