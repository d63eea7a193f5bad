package io.sparkae.ml;

import io.sparkae.core.objective.SamplePrior;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.JobDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** A table of samples, as a distribution of codes. */
final class PriorSamples {
  /** Numbers that go to every executor without trouble. */
  private static final int MOST_NUMBERS = 16_000_000;

  private PriorSamples() {}

  /**
   * The distribution of a table's rows.
   *
   * @param table with one column of vectors of finite numbers, all of one size
   * @throws IllegalArgumentException if it is none
   */
  static SamplePrior read(Dataset<?> table) {
    String column = column(table);
    List<Row> rows =
        JobDescription.during(
            table.sparkSession().sparkContext(),
            "sparkae: reading the samples of the prior",
            () -> table.select(InputColumn.named(column)).limit(MOST_NUMBERS).collectAsList());
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("priorSamples has no rows");
    }
    int width = vector(rows.get(0), column).size();
    if ((long) rows.size() * width > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "priorSamples has more than %,d numbers, which is too many to send around: draw fewer"
                  + " rows from it",
              MOST_NUMBERS));
    }
    float[] samples = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      Vector sample = vector(rows.get(row), column);
      if (sample.size() != width) {
        throw new IllegalArgumentException(
            "priorSamples has vectors of " + width + " numbers and of " + sample.size());
      }
      for (int i = 0; i < width; i++) {
        samples[row * width + i] = (float) sample.apply(i);
        if (!Float.isFinite(samples[row * width + i])) {
          throw new IllegalArgumentException(
              "priorSamples has the value " + sample.apply(i) + ": all must be finite");
        }
      }
    }
    return new SamplePrior(samples, width);
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
