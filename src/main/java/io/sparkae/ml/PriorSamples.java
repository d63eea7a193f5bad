package io.sparkae.ml;

import io.sparkae.core.objective.SamplePrior;
import io.sparkae.data.ForeignTypeException;
import io.sparkae.data.ParquetSchema;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.JobDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table of samples, as a distribution of codes. */
final class PriorSamples {
  /** Numbers that go out with every round without trouble. */
  private static final int MOST_NUMBERS = 1_000_000;

  private static final StructType SCHEMA =
      new StructType().add("sample", SQLDataTypes.VectorType(), false);

  private PriorSamples() {}

  /**
   * The distribution of the rows of a table in a folder.
   *
   * @throws IllegalArgumentException if it cannot be read, or is none
   */
  static SamplePrior read(SparkSession spark, String path) {
    Dataset<Row> table;
    try {
      table = ParquetSchema.read(spark, path);
    } catch (ForeignTypeException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw unreadable(path, e);
    }
    return read(table);
  }

  /**
   * The distribution of what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it cannot be read, or is none
   */
  static SamplePrior readWritten(SparkSession spark, String path) {
    try {
      return read(spark.read().schema(SCHEMA).parquet(path));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) { // as above
      throw unreadable(path, e);
    }
  }

  private static IllegalArgumentException unreadable(String path, Exception reason) {
    return new IllegalArgumentException(
        "priorSamples " + path + " cannot be read: name the folder of a Parquet table", reason);
  }

  /** Writes samples that {@link #readWritten} reads. */
  static void write(SparkSession spark, SamplePrior prior, String path) {
    int width = prior.width();
    List<Row> rows = new ArrayList<>();
    for (int at = 0; at < prior.samples().length; at += width) {
      double[] sample = new double[width];
      for (int i = 0; i < width; i++) {
        sample[i] = prior.samples()[at + i];
      }
      rows.add(RowFactory.create(Vectors.dense(sample)));
    }
    spark.createDataFrame(rows, SCHEMA).coalesce(1).write().parquet(path);
  }

  /**
   * The distribution of a table's rows, whatever their order.
   *
   * @param table with one column of vectors of finite numbers, all of one size
   * @throws IllegalArgumentException if it is none
   */
  static SamplePrior read(Dataset<?> table) {
    String column = column(table);
    Dataset<Row> vectors = table.select(InputColumn.named(column));
    List<Row> first = vectors.takeAsList(1);
    if (first.isEmpty()) {
      throw new IllegalArgumentException("priorSamples has no rows");
    }
    int width = vector(first.get(0), column).size();
    int most = MOST_NUMBERS / Math.max(1, width);
    List<Row> rows =
        JobDescription.during(
            table.sparkSession().sparkContext(),
            "sparkae: reading the samples of the prior",
            () -> vectors.limit(most + 1).collectAsList());
    if (rows.size() > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "priorSamples has more than %,d rows of %d numbers, which is too many to send around:"
                  + " draw fewer rows from it",
              most,
              width));
    }
    float[][] samples = new float[rows.size()][];
    for (int row = 0; row < samples.length; row++) {
      samples[row] = sample(vector(rows.get(row), column), width);
    }
    Arrays.sort(samples, Arrays::compare); // a draw is the same however the table is partitioned
    float[] flat = new float[samples.length * width];
    for (int row = 0; row < samples.length; row++) {
      System.arraycopy(samples[row], 0, flat, row * width, width);
    }
    return new SamplePrior(flat, width);
  }

  private static float[] sample(Vector vector, int width) {
    if (vector.size() != width) {
      throw new IllegalArgumentException(
          "priorSamples has vectors of " + width + " numbers and of " + vector.size());
    }
    float[] sample = new float[width];
    for (int i = 0; i < width; i++) {
      sample[i] = (float) vector.apply(i);
      if (!Float.isFinite(sample[i])) {
        throw new IllegalArgumentException(
            "priorSamples has the value " + vector.apply(i) + ": all must be finite");
      }
    }
    return sample;
  }

  private static Vector vector(Row row, String column) {
    if (row.isNullAt(0)) {
      throw new IllegalArgumentException("priorSamples has a null in its column " + column);
    }
    return row.getAs(0);
  }

  private static String column(Dataset<?> table) {
    List<String> found = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (field.dataType().equals(SQLDataTypes.VectorType())) {
        found.add(field.name());
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "priorSamples must have one column of vectors, not "
              + (found.isEmpty() ? "none" : String.join(", ", found)));
    }
    return found.get(0);
  }
}
