package io.sparkae.core.graph;

import java.util.List;

/** Rows at hand: named columns and the index of each row within the whole data set. */
public final class Minibatch {
  private final int capacity;
  private final MinibatchColumn[] columns;
  private final long[] rowIndices;
  private int rows;

  /**
   * Buffers for up to {@code capacity} rows of the given columns.
   *
   * @param specs the columns, in the order of their places
   * @param capacity the most rows
   */
  public Minibatch(List<ColumnSpec> specs, int capacity) {
    this.capacity = capacity;
    this.columns =
        specs.stream()
            .map(spec -> new MinibatchColumn(spec, capacity))
            .toArray(MinibatchColumn[]::new);
    this.rowIndices = new long[capacity];
  }

  /** {@return the most rows it can hold} */
  public int capacity() {
    return capacity;
  }

  /** {@return rows it holds now} */
  public int rows() {
    return rows;
  }

  /**
   * Says how many rows it holds now.
   *
   * @param rows from 0 to the capacity
   */
  public void setRows(int rows) {
    this.rows = rows;
  }

  /** {@return index of each row within the data set: the key of the row's random numbers} */
  public long[] rowIndices() {
    return rowIndices;
  }

  /** {@return columns in the order of their specifications} */
  public int columnCount() {
    return columns.length;
  }

  /**
   * {@return the column at a place in that order}
   *
   * @param index place, from 0
   */
  public MinibatchColumn column(int index) {
    return columns[index];
  }

  /**
   * {@return the column of that name}
   *
   * @param name role of the column
   * @throws IllegalArgumentException if there is none
   */
  public MinibatchColumn column(String name) {
    for (MinibatchColumn column : columns) {
      if (column.spec().name().equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException("the minibatch has no column " + name);
  }
}
