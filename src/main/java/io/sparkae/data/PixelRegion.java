package io.sparkae.data;

import java.util.Arrays;

/** A set of pixels of a small square picture, a word of bits for each row of it. */
final class PixelRegion {
  /** More than the error of a bridge's end, and less than the distance of two that differ. */
  private static final double ROUNDING = 1e-9;

  private final int[] rows;

  /**
   * An empty region.
   *
   * @param side pixels along each side of the picture, at most 32
   */
  PixelRegion(int side) {
    this.rows = new int[side];
  }

  /** Makes the region empty. */
  void clear() {
    Arrays.fill(rows, 0);
  }

  /** Adds the pixels {@code first} to {@code last} of a row; none if they are out of order. */
  void addRun(int y, int first, int last) {
    if (first <= last) {
      rows[y] |= -1 >>> (Integer.SIZE - 1 - last + first) << first;
    }
  }

  boolean has(int x, int y) {
    return (rows[y] >>> x & 1) != 0;
  }

  /** Number of pixels. */
  int size() {
    int size = 0;
    for (int row : rows) {
      size += Integer.bitCount(row);
    }
    return size;
  }

  /** The row-major index of the n-th pixel of the region, or 0 if there are no more than n. */
  int pixel(int n) {
    int left = n;
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows.length; x++) {
        if (has(x, y) && left-- == 0) {
          return y * rows.length + x;
        }
      }
    }
    return 0;
  }

  /** Whether one can go from any pixel to any other, over sides and corners. */
  boolean isOnePiece() {
    int[] reached = new int[rows.length];
    int first = pixel(0);
    reached[first / rows.length] = 1 << first % rows.length & rows[first / rows.length];
    boolean grew = true;
    while (grew) {
      grew = false;
      for (int y = 0; y < rows.length; y++) {
        int above = y == 0 ? 0 : reached[y - 1];
        int below = y + 1 == rows.length ? 0 : reached[y + 1];
        int near = reached[y] | above | below;
        int grown = (near | near << 1 | near >>> 1) & rows[y];
        grew |= grown != reached[y];
        reached[y] = grown;
      }
    }
    return Arrays.equals(reached, rows);
  }

  /**
   * How many pixels have their centre in the convex hull of the centres of the region's pixels but
   * are not in it: 0 if the region is convex.
   */
  int missingOfHull() {
    int missing = 0;
    for (int y = 0; y < rows.length; y++) {
      missing += missingOfHull(y);
    }
    return missing;
  }

  /** The hull meets a row between the ends of all bridges from a row above to one below. */
  private int missingOfHull(int y) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (int above = 0; above <= y; above++) {
      for (int below = y; below < rows.length; below++) {
        if (rows[above] != 0 && rows[below] != 0) {
          double part = above == below ? 0 : (y - above) / (double) (below - above);
          left = Math.min(left, between(first(above), first(below), part));
          right = Math.max(right, between(last(above), last(below), part));
        }
      }
    }
    if (left > right) {
      return 0;
    }
    int hull = (int) Math.floor(right + ROUNDING) - (int) Math.ceil(left - ROUNDING) + 1;
    return hull - Integer.bitCount(rows[y]);
  }

  private static double between(int from, int to, double part) {
    return from + part * (to - from);
  }

  private int first(int y) {
    return Integer.numberOfTrailingZeros(rows[y]);
  }

  private int last(int y) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows[y]);
  }
}
