package io.sparkae.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Packs a DataFrame's columns once; closing lets the packed rows go. */
final class ShardPacker implements AutoCloseable {
  private final JavaRDD<PackedBlock> persisted;
  private final PackedRows.Parts parts;

  /**
   * Packs the rows.
   *
   * @throws InvalidRowException by way of Spark, if a row is invalid and that is an error
   */
  ShardPacker(Dataset<?> data, List<InputColumn> columns, HandleInvalid handleInvalid) {
    this(data, null, columns, handleInvalid);
  }

  /**
   * Packs the rows, those that are marked apart from the others, all in one computation of the
   * source: in two, a source of another order each time might give a row to both parts.
   *
   * @param marked true of the rows that are marked, false or null of the others; null if none are
   * @throws InvalidRowException by way of Spark, if a row is invalid and that is an error
   */
  ShardPacker(
      Dataset<?> data, Column marked, List<InputColumn> columns, HandleInvalid handleInvalid) {
    Stream<Column> inputs = columns.stream().flatMap(InputColumn::sqlColumns);
    Stream<Column> indicators =
        Stream.ofNullable(marked).map(mark -> functions.coalesce(mark, functions.lit(false)));
    Column[] selected = Stream.concat(inputs, indicators).toArray(Column[]::new);
    List<RowReader> readers = new ArrayList<>();
    int index = 0;
    for (InputColumn column : columns) {
      int end = index + column.columns().size();
      readers.add(RowReader.of(column, IntStream.range(index, end).toArray()));
      index = end;
    }
    int indicator = marked == null ? -1 : index;
    Dataset<Row> rows = data.select(selected);
    persisted =
        rows.toJavaRDD()
            .mapPartitionsWithIndex(
                (partition, iterator) ->
                    (Iterator<PackedBlock>)
                        new PackIterator(iterator, readers, handleInvalid, partition, indicator),
                true)
            .persist(PackedRows.LEVEL);
    try {
      parts =
          JobDescription.during(
              persisted.context(), "sparkae: packing rows", () -> PackedRows.parts(persisted));
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      close();
      throw failure;
    }
  }

  /** The packed rows, without those that are marked. */
  PackedRows packed() {
    return parts.unmarked();
  }

  /** The packed rows that are marked. */
  PackedRows marked() {
    return parts.marked();
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
