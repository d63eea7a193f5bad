package io.sparkae.data;

import io.sparkae.core.Check;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Reads text files with a row on each line into tables of {@code features} and {@code label}. */
public final class TextSource {
  private TextSource() {}

  /**
   * Reads LIBSVM files into sparse vectors; see {@link LibsvmLine}.
   *
   * @param spark the session that reads
   * @param path a file, or a folder of files
   * @param width features of a row; 0 for the largest index that occurs
   * @return columns {@code features} and {@code label}
   * @throws IOException if the path cannot be read
   * @throws IllegalArgumentException if there are no rows, or an index is larger than {@code width}
   */
  public static Dataset<Row> libsvm(SparkSession spark, String path, int width) throws IOException {
    JavaRDD<TextLines.Line> lines = TextLines.of(spark, path, null);
    int found =
        lines
            .map(line -> LibsvmLine.parse(line.text(), line.file(), line.number()))
            .map(row -> row == null ? -1 : row.width())
            .fold(-1, Math::max);
    if (found < 0) {
      throw new IllegalArgumentException(path + " has no rows");
    }
    Check.that(width == 0 || found <= width, "the largest index", "at most " + width, found);
    int features = width == 0 ? Math.max(1, found) : width;
    JavaRDD<Row> rows =
        lines
            .map(line -> LibsvmLine.parse(line.text(), line.file(), line.number()))
            .filter(Objects::nonNull)
            .map(
                row ->
                    RowFactory.create(
                        Vectors.sparse(features, row.indices(), row.values()), row.label()));
    return FeatureTables.of(spark, rows, provenance("libsvm", path), true);
  }

  /**
   * Reads lines of numbers; see {@link NumberLine}. Empty lines are left out.
   *
   * @param spark the session that reads
   * @param format name of the format, for the provenance
   * @param path a file, or a folder of files; a {@code .zip} file with one member
   * @param member member of a zip file that has several; null for the only one
   * @param place where the label stands
   * @return columns {@code features} and {@code label}
   * @throws IOException if the path cannot be read
   * @throws IllegalArgumentException if there are no rows, or none has features
   */
  public static Dataset<Row> numbers(
      SparkSession spark, String format, String path, String member, NumberLine.LabelPlace place)
      throws IOException {
    JavaRDD<TextLines.Line> lines =
        TextLines.of(spark, path, member).filter(line -> !line.text().isBlank());
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(path + " has no rows");
    }
    TextLines.Line first = lines.first();
    int width = NumberLine.count(first.text()) - 1;
    if (width < 1) {
      throw new LineFormatException(
          first.file(), first.number(), "one word, where a label and features are expected");
    }
    JavaRDD<Row> rows =
        lines.map(
            line -> {
              double[] features = new double[width];
              double label =
                  NumberLine.parse(line.text(), place, features, line.file(), line.number());
              return RowFactory.create(Vectors.dense(features), label);
            });
    return FeatureTables.of(spark, rows, provenance(format, path), true);
  }

  private static FeatureProvenance provenance(String format, String path) {
    return new FeatureProvenance(format, new Path(path).getName(), Scaling.NONE, Optional.empty());
  }
}
