package io.sparkae.core.graph;

import java.util.Arrays;

/**
 * Which rows of a slice a backward pass has written: the direction of the others is zero, whatever
 * their elements hold. So a step costs as much as there are rows that some row of the minibatch has
 * a non-zero element for, and not as much as there are features.
 */
final class TouchedRows {
  private final ParameterSlice slice;
  private final long[] bits;
  private boolean holds;

  TouchedRows(ParameterSlice slice) {
    this.slice = slice;
    this.bits = new long[(slice.rows() + Long.SIZE - 1) / Long.SIZE];
  }

  ParameterSlice slice() {
    return slice;
  }

  /** Whether rows outside of these are to be taken for zero. */
  boolean holds() {
    return holds;
  }

  /** From now on, with no row. */
  void open() {
    Arrays.fill(bits, 0L);
    holds = true;
  }

  /** No longer: all elements are what they hold. */
  void release() {
    holds = false;
  }

  /** Takes a row in, its elements set to zero if it is new. */
  void touch(int row, float[] elements) {
    long bit = 1L << row;
    if ((bits[row / Long.SIZE] & bit) == 0) {
      bits[row / Long.SIZE] |= bit;
      int from = slice.offset() + row * slice.columns();
      Arrays.fill(elements, from, from + slice.columns(), 0f);
    }
  }

  boolean has(int row) {
    return (bits[row / Long.SIZE] & 1L << row) != 0;
  }

  /** The marks of the rows from 64 times {@code word} on. */
  long word(int word) {
    return bits[word];
  }

  /** Sets the elements [from, to) of the rows outside to zero; these are whole rows. */
  void clearOthers(float[] elements, int from, int to) {
    for (int at = from; at < to; at += slice.columns()) {
      if (!has((at - slice.offset()) / slice.columns())) {
        Arrays.fill(elements, at, at + slice.columns(), 0f);
      }
    }
  }
}
