package io.sparkae.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of a table as arrays of numbers, where each is looked at once. */
public final class DenseRows {
  private DenseRows() {}

  /** What is made of the rows of a partition, one after the other. */
  @FunctionalInterface
  interface Part<T> extends Function<Iterator<float[]>, Iterator<T>>, Serializable {}

  /**
   * Brings all rows to the driver, in the table's order.
   *
   * @param data the table
   * @param input what to read
   * @param handleInvalid what becomes of rows with a value that is not allowed
   * @return a row each
   */
  public static List<float[]> collect(
      Dataset<?> data, InputColumn input, HandleInvalid handleInvalid) {
    FlatMapFunction<Iterator<Row>, float[]> part = mapping(input, handleInvalid, rows -> rows);
    return selected(data, input).toJavaRDD().mapPartitions(part).collect();
  }

  /** The table's columns that are read, alone. */
  static Dataset<Row> selected(Dataset<?> data, InputColumn input) {
    return data.toDF().select(input.sqlColumns().toArray(Column[]::new));
  }

  /** The function of partitions of {@link #selected} rows that reads them first. */
  static <T> FlatMapFunction<Iterator<Row>, T> mapping(
      InputColumn input, HandleInvalid handleInvalid, Part<T> part) {
    int[] indices = new int[input.columns().size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
    RowReader reader = RowReader.of(input, indices);
    return rows -> part.apply(read(rows, reader, handleInvalid));
  }

  private static Iterator<float[]> read(
      Iterator<Row> rows, RowReader reader, HandleInvalid handleInvalid) {
    return new Iterator<>() {
      private long number;
      private float[] next = advance();

      private float[] advance() {
        while (rows.hasNext()) {
          Row row = rows.next();
          float[] values = new float[reader.column().spec().width()];
          String fault = reader.readDense(row, values, 0);
          if (fault == null) {
            number++;
            return values;
          } else if (handleInvalid == HandleInvalid.ERROR) {
            throw reader.invalid(row, number, fault);
          }
          number++;
        }
        return null;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public float[] next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        float[] values = next;
        next = advance();
        return values;
      }
    };
  }
}
