package io.sparkae.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Packs a DataFrame's columns once; closing lets the packed rows go. */
final class ShardPacker implements AutoCloseable {
  private final JavaRDD<PackedBlock> persisted;
  private final PackedRows packed;

  /**
   * Packs the rows.
   *
   * @param what the rows, in the words of the Spark UI
   * @throws InvalidRowException by way of Spark, if a row is invalid and that is an error
   */
  ShardPacker(
      String what, Dataset<?> data, List<InputColumn> columns, HandleInvalid handleInvalid) {
    Column[] selected = columns.stream().flatMap(InputColumn::sqlColumns).toArray(Column[]::new);
    List<RowReader> readers = new ArrayList<>();
    int index = 0;
    for (InputColumn column : columns) {
      int end = index + column.columns().size();
      readers.add(RowReader.of(column, IntStream.range(index, end).toArray()));
      index = end;
    }
    Dataset<Row> rows = data.select(selected);
    persisted =
        rows.toJavaRDD()
            .mapPartitionsWithIndex(
                (partition, iterator) ->
                    (Iterator<PackedBlock>)
                        new PackIterator(iterator, readers, handleInvalid, partition),
                true)
            .persist(PackedRows.LEVEL);
    try {
      packed =
          JobDescription.during(
              persisted.context(), "sparkae: packing " + what, () -> new PackedRows(persisted));
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      close();
      throw failure;
    }
  }

  /** The packed rows. */
  PackedRows packed() {
    return packed;
  }

  /** The blocks that are kept. */
  JavaRDD<PackedBlock> rdd() {
    return persisted;
  }

  @Override
  public void close() {
    persisted.unpersist(false);
  }
}
