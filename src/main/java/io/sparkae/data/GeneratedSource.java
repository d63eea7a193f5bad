package io.sparkae.data;

import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Draws a {@link GeneratedSet} as a table of {@code features} and {@code label}. */
public final class GeneratedSource {
  private GeneratedSource() {}

  /**
   * Rows {@code firstRow} to {@code firstRow + rows - 1} of a set, in order. The metadata of the
   * label has the names of the labels, as Spark ML's nominal attributes have them.
   *
   * @param spark the session of the table
   * @param set one of {@link GeneratedSets#names}
   * @param seed seed of the set
   * @param firstRow place of the first row in the set, from 0
   * @param rows rows of the table, at least 0
   * @param partitions partitions of the table, or 0 for the session's default parallelism; the rows
   *     do not depend on it
   * @return columns {@code features} and {@code label}, computed when they are used
   * @throws IllegalArgumentException if there is no such set
   */
  public static Dataset<Row> read(
      SparkSession spark, String set, long seed, long firstRow, long rows, int partitions) {
    GeneratedSet drawn = GeneratedSets.of(set, seed);
    int pixels = drawn.image().height() * drawn.image().width() * drawn.image().channels();
    FeatureProvenance provenance =
        new FeatureProvenance(
            drawn.name(),
            "seed " + seed + ", rows from " + firstRow,
            Scaling.UNIT,
            Optional.of(drawn.image()));
    return FeatureTables.of(
            spark,
            rows,
            partitions,
            provenance,
            true,
            range -> {
              GeneratedSet ofTask = GeneratedSets.of(set, seed);
              return FeatureTables.iterate(
                  range,
                  index -> {
                    double[] features = new double[pixels];
                    double label = ofTask.draw(firstRow + index, features);
                    return RowFactory.create(Vectors.dense(features), label);
                  });
            })
        .withMetadata(FeatureTables.LABEL, Labels.metadata(drawn.labels()));
  }
}
