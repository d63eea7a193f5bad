package io.sparkae.jobs;

import io.sparkae.report.ReportData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows as points of the plane. */
final class Planes {
  /** Wider rows have too large a covariance to be worth the time. */
  static final int MOST_FEATURES = 4096;

  private Planes() {}

  /** Codes of two units as they are, of more units by their principal components. */
  static Optional<ReportData.Scatter> codes(double[][] codes, ReportSample.Groups groups) {
    int width = codes[0].length;
    if (width > 2) {
      return width > MOST_FEATURES
          ? Optional.empty()
          : principal("Codes", codes, groups, "the codes");
    }
    return Optional.of(
        scatter(
            "Codes",
            width == 2
                ? "The two units of the code."
                : "The one unit of the code, upwards nothing.",
            codes,
            groups));
  }

  /** The first two principal components, by MLlib; none if the rows are too few. */
  static Optional<ReportData.Scatter> principal(
      String title, double[][] rows, ReportSample.Groups groups, String ofWhat) {
    if (rows.length < 2) {
      return Optional.empty();
    }
    int components = Math.min(2, rows[0].length);
    SparkSession spark = SparkSession.active();
    StructType schema = new StructType().add("row", SQLDataTypes.VectorType());
    List<Row> vectors =
        Arrays.stream(rows).map(row -> RowFactory.create(Vectors.dense(row))).toList();
    Dataset<Row> table = spark.createDataFrame(vectors, schema).coalesce(1);
    List<Row> projected =
        new PCA()
            .setInputCol("row")
            .setOutputCol("plane")
            .setK(components)
            .fit(table)
            .transform(table)
            .select("plane")
            .collectAsList();
    double[][] points =
        projected.stream().map(row -> row.<Vector>getAs(0).toArray()).toArray(double[][]::new);
    return Optional.of(
        scatter(
            title,
            (components == 2 ? "First two principal components of " : "Principal component of ")
                + ofWhat
                + ".",
            points,
            groups));
  }

  private static ReportData.Scatter scatter(
      String title, String caption, double[][] points, ReportSample.Groups groups) {
    float[] x = new float[points.length];
    float[] y = new float[points.length];
    IntStream.range(0, points.length)
        .forEach(
            i -> {
              x[i] = (float) points[i][0];
              y[i] = points[i].length > 1 ? (float) points[i][1] : 0;
            });
    return new ReportData.Scatter(title, caption, x, y, groups.groups(), groups.names());
  }
}
