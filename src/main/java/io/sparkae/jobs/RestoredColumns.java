package io.sparkae.jobs;

import io.sparkae.ml.Restorer;
import io.sparkae.spark.InputColumn;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What is looked at of restored rows, in this order: features as they were given, as they were
 * restored, as they should be (null if that is not known), error and confidence.
 *
 * @param features as they were given
 * @param restorer names the columns that it made
 * @param truth column of the rows as they should be
 */
record RestoredColumns(Column features, Restorer restorer, Optional<String> truth) {
  static final int GIVEN = 0;
  static final int RESTORED = 1;
  static final int TRUTH = 2;
  static final int ERROR = 3;
  static final int CONFIDENCE = 4;

  Dataset<Row> of(Dataset<Row> restored) {
    return restored.select(
        features,
        InputColumn.named(restorer.getOutputCol()),
        truth.map(InputColumn::named).orElse(functions.lit(null)),
        InputColumn.named(restorer.getErrorCol()),
        InputColumn.named(restorer.getConfidenceCol()));
  }

  /** A row as it was given, NaN in place of features that are not trusted. */
  static double[] given(Row row, int[] distrusted) {
    double[] values = EncodedRows.features(row, GIVEN).clone();
    for (int feature : distrusted) {
      values[feature] = Double.NaN;
    }
    return values;
  }
}
