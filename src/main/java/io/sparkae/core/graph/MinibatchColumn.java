package io.sparkae.core.graph;

import java.util.Arrays;

/**
 * One column of the rows at hand, row-major; sparse columns as compressed rows, and dense as well
 * for who asked for it.
 */
public final class MinibatchColumn {
  private final ColumnSpec spec;
  private final int capacity;
  private float[] values;
  private final int[] rowStarts;
  private int[] indices = new int[0];
  private float[] nonZeros = new float[0];

  /**
   * Buffers for up to {@code capacity} rows.
   *
   * @param spec name, width, storage
   * @param capacity the most rows
   */
  public MinibatchColumn(ColumnSpec spec, int capacity) {
    this.spec = spec;
    this.capacity = capacity;
    this.values = spec.sparse() ? null : new float[Math.multiplyExact(capacity, spec.width())];
    this.rowStarts = spec.sparse() ? new int[capacity + 1] : null;
  }

  /** {@return name, width, storage} */
  public ColumnSpec spec() {
    return spec;
  }

  /** {@return numbers in each row} */
  public int width() {
    return spec.width();
  }

  /**
   * {@return the rows as a dense matrix, capacity × width; of a sparse column it is kept from now
   * on}
   */
  public float[] values() {
    if (values == null) {
      values = new float[Math.multiplyExact(capacity, spec.width())];
    }
    return values;
  }

  /**
   * {@return where each row's elements start in {@link #indices()}, rows + 1 numbers; null if
   * dense}
   */
  public int[] rowStarts() {
    return rowStarts;
  }

  /** {@return column numbers of the stored elements of a sparse column} */
  public int[] indices() {
    return indices;
  }

  /** {@return values of the stored elements of a sparse column} */
  public float[] nonZeros() {
    return nonZeros;
  }

  /**
   * An element of a row.
   *
   * @param index its column number, from 0
   * @param magnitude how far it is from 0; NaN if it is no number
   */
  public record Element(int index, double magnitude) {
    /**
     * {@return whether another magnitude is larger than this one; nothing is larger than NaN}
     *
     * @param other the other magnitude
     */
    public boolean isBelow(double other) {
      return !Double.isNaN(magnitude) && !(other <= magnitude);
    }
  }

  /**
   * {@return the element with the largest magnitude in a row, or its first NaN; the one at 0 if all
   * are zeros}
   *
   * @param row place of the row in the minibatch, from 0
   */
  public Element largest(int row) {
    boolean sparse = spec.sparse();
    float[] elements = sparse ? nonZeros : values;
    int from = sparse ? rowStarts[row] : row * spec.width();
    int to = sparse ? rowStarts[row + 1] : from + spec.width();
    Element largest = new Element(0, 0);
    for (int i = from; i < to; i++) {
      double magnitude = Math.abs(elements[i]);
      if (largest.isBelow(magnitude)) {
        largest = new Element(sparse ? indices[i] : i - from, magnitude);
      }
    }
    return largest;
  }

  /**
   * Puts a dense row in its place.
   *
   * @param row place of the row in the minibatch, from 0
   * @param source holds the row's elements
   * @param offset where they start in {@code source}
   */
  public void setRow(int row, float[] source, int offset) {
    System.arraycopy(source, offset, values, row * spec.width(), spec.width());
  }

  /**
   * Puts a sparse row in its place; rows must come in order, from 0.
   *
   * @param row place of the row in the minibatch, from 0
   * @param columns holds the column numbers, ascending within the row
   * @param elements holds the values
   * @param from first of the row's elements in both arrays
   * @param to behind the last of them
   */
  public void setSparseRow(int row, int[] columns, float[] elements, int from, int to) {
    int start = openSparseRow(row, to - from);
    System.arraycopy(columns, from, indices, start, to - from);
    System.arraycopy(elements, from, nonZeros, start, to - from);
    closeSparseRow(row);
  }

  /**
   * Puts a sparse row in its place; rows must come in order, from 0.
   *
   * @param row place of the row in the minibatch, from 0
   * @param columns the column numbers, ascending
   * @param elements the values
   */
  public void setSparseRow(int row, int[] columns, double[] elements) {
    int start = openSparseRow(row, columns.length);
    System.arraycopy(columns, 0, indices, start, columns.length);
    for (int i = 0; i < columns.length; i++) {
      nonZeros[start + i] = (float) elements[i];
    }
    closeSparseRow(row);
  }

  /**
   * Makes room for a sparse row, which the caller fills in and closes; rows must come in order,
   * from 0.
   *
   * @param row place of the row in the minibatch, from 0
   * @param elements how many it has
   * @return where they start in {@link #indices()} and {@link #nonZeros()}
   */
  public int openSparseRow(int row, int elements) {
    int start = rowStarts[row];
    int end = Math.addExact(start, elements);
    if (end > indices.length) { // grows to the largest minibatch, then never again
      int size = Math.max(end, indices.length + (indices.length >> 1));
      indices = Arrays.copyOf(indices, size);
      nonZeros = Arrays.copyOf(nonZeros, size);
    }
    rowStarts[row + 1] = end;
    return start;
  }

  /**
   * Takes over the elements of a sparse row: they are put into the dense row, where that is wanted.
   *
   * @param row place of the row in the minibatch, from 0
   */
  public void closeSparseRow(int row) {
    if (values != null) {
      int offset = row * spec.width();
      Arrays.fill(values, offset, offset + spec.width(), 0f);
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        values[offset + indices[i]] = nonZeros[i];
      }
    }
  }
}
