package io.sparkae.ml;

import io.sparkae.spark.InputColumn;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.MapType;

/**
 * A key for the random draws of a row: a hash of all its columns, the same wherever the row sits.
 */
final class RowKey {
  /** The column that holds it for a while. */
  static final String COLUMN = "sparkae_row_key";

  private RowKey() {}

  /** The dataset with the keys at its end; columns of maps, which have no hash, do not count. */
  static Dataset<Row> add(Dataset<?> dataset) {
    return dataset.withColumn(
        COLUMN,
        functions.xxhash64(
            Arrays.stream(dataset.schema().fields())
                .filter(field -> !(field.dataType() instanceof MapType))
                .map(field -> InputColumn.named(field.name()))
                .toArray(Column[]::new)));
  }

  /** The dataset without the keys. */
  static Dataset<Row> drop(Dataset<Row> keyed) {
    return keyed.drop(COLUMN);
  }
}
