package io.sparkae.jobs;

import io.sparkae.data.LocalSpark;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/** The rows of a table in an order that does not depend on its files. */
final class SortedRows {
  private SortedRows() {}

  /** That in which Spark shows them. */
  static List<Row> of(String table) {
    return LocalSpark.session().read().parquet(table).collectAsList().stream()
        .sorted(Comparator.comparing(Row::toString))
        .toList();
  }
}
