package io.sparkae.ml;

import io.sparkae.spark.InputColumn;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A key for the random draws of a row: a hash of columns, the same wherever the row sits. */
final class RowKey {
  /** The column that holds it for a while. */
  static final String COLUMN = "sparkae_row_key";

  private RowKey() {}

  /**
   * The dataset with the keys at its end.
   *
   * @param columns what they are made of
   */
  static Dataset<Row> add(Dataset<?> dataset, List<String> columns) {
    return dataset.withColumn(
        COLUMN,
        functions.xxhash64(columns.stream().map(InputColumn::named).toArray(Column[]::new)));
  }

  /** The dataset without the keys. */
  static Dataset<Row> drop(Dataset<Row> keyed) {
    return keyed.drop(COLUMN);
  }
}
