package io.sparkae.data;

import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Generates {@link Rectangles} as a table of {@code features} and {@code label}. */
public final class RectanglesSource {
  private RectanglesSource() {}

  /**
   * Rows {@code firstRow} to {@code firstRow + rows - 1} of the set of a seed, in order.
   *
   * @param rows rows of the table, at least 0
   * @param partitions partitions of the table, or 0 for the session's default parallelism; the rows
   *     do not depend on it
   */
  public static Dataset<Row> read(
      SparkSession spark, long seed, long firstRow, long rows, int partitions) {
    FeatureProvenance provenance =
        new FeatureProvenance(
            "rectangles",
            "seed " + seed + ", rows from " + firstRow,
            Scaling.UNIT,
            Optional.of(
                new FeatureProvenance.ImageShape(Rectangles.IMAGE_SIDE, Rectangles.IMAGE_SIDE, 1)));
    return FeatureTables.of(
        spark,
        rows,
        partitions,
        provenance,
        true,
        range -> {
          Rectangles rectangles = new Rectangles(seed);
          return FeatureTables.iterate(
              range,
              index -> {
                double[] pixels = new double[Rectangles.PIXELS];
                double label = rectangles.draw(firstRow + index, pixels);
                return RowFactory.create(Vectors.dense(pixels), label);
              });
        });
  }
}
