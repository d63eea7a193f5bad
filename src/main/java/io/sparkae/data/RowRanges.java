package io.sparkae.data;

import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Parts of tables whose rows have an order, that of their partitions. */
public final class RowRanges {
  private RowRanges() {}

  /**
   * Takes rows {@code first} to {@code first + rows - 1} of a table. Counts the rows of each
   * partition first, as far as need be.
   *
   * @param table any; its order is that of its partitions
   * @param first index of the first row, at least 0
   * @param rows how many; 0 for all that follow
   * @return these rows, in order
   * @throws IllegalArgumentException if the table has not all of them, or none
   */
  public static Dataset<Row> of(Dataset<Row> table, long first, long rows) {
    JavaRDD<Row> all = table.javaRDD();
    boolean open = rows == 0 || rows > Long.MAX_VALUE - first;
    long needed = open ? Long.MAX_VALUE : first + rows; // what lies behind is not looked at
    List<Long> counts = all.mapPartitions(iterator -> count(iterator, needed)).collect();
    long total = counts.stream().mapToLong(Long::longValue).sum();
    if (first >= total || rows > total - first) {
      throw new IllegalArgumentException(
          String.format(
              "there are %d rows: not %s from row %d on, counted from 0",
              total, rows == 0 ? "any" : rows + " of them", first));
    }
    long end = rows == 0 ? total : first + rows;
    long[] starts = new long[counts.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + counts.get(i - 1);
    }
    JavaRDD<Row> kept =
        all.mapPartitionsWithIndex(
            (partition, iterator) ->
                slice(iterator, first - starts[partition], end - starts[partition]),
            true);
    return table.sparkSession().createDataFrame(kept, table.schema());
  }

  /** How many rows an iterator gives, or {@code most} if there are more. */
  private static Iterator<Long> count(Iterator<Row> rows, long most) {
    long count = 0;
    while (count < most && rows.hasNext()) {
      rows.next();
      count++;
    }
    return List.of(count).iterator();
  }

  /** What an iterator gives from {@code first} to {@code end} - 1; both may lie outside. */
  private static Iterator<Row> slice(Iterator<Row> rows, long first, long end) {
    Iterable<Row> all = () -> rows;
    return StreamSupport.stream(all.spliterator(), false)
        .limit(Math.max(0, end))
        .skip(Math.max(0, first))
        .iterator();
  }
}
