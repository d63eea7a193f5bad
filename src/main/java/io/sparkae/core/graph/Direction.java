package io.sparkae.core.graph;

import io.sparkae.core.linalg.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A direction over the flat parameters as a backward pass leaves it: elements, and the products of
 * matrices that are still to be computed. Whoever steps computes them tile by tile, all
 * micro-batches into one array, and steps each tile while it is in the cache; whoever reads {@link
 * #elements()} has them all.
 *
 * <p>Several threads may {@link #sum} disjoint tiles at one time; everything else is for one
 * thread. Allocates nothing once it has seen a pass.
 */
public final class Direction {
  private final float[] elements;
  private final List<WeightProduct> products = new ArrayList<>();
  private final List<TouchedRows> touched = new ArrayList<>();
  private boolean zero;

  /**
   * A direction of zeroes.
   *
   * @param size elements of the flat vector
   */
  public Direction(int size) {
    elements = new float[size];
  }

  /** {@return all elements, computed} */
  public float[] elements() {
    if (zero) {
      Arrays.fill(elements, 0f);
      zero = false;
    }
    for (int i = 0; i < touched.size(); i++) {
      settle(touched.get(i));
    }
    for (int i = 0; i < products.size(); i++) {
      WeightProduct product = products.get(i);
      ParameterSlice slice = product.weight();
      product.compute(elements, product.adds(), slice.offset(), slice.end());
    }
    products.clear();
    return elements;
  }

  private void settle(TouchedRows rows) {
    if (rows.holds()) {
      rows.clearOthers(elements, rows.slice().offset(), rows.slice().end());
      rows.release();
    }
  }

  /** The rows of a slice that are written from now on, none yet; what it held is lost. */
  TouchedRows open(ParameterSlice slice) {
    TouchedRows rows = touchedIn(slice.offset(), false);
    if (rows == null) {
      rows = new TouchedRows(slice);
      touched.add(rows);
    }
    rows.open();
    return rows;
  }

  /** Those of the slice that has an element; null without. */
  private TouchedRows touchedIn(int element, boolean mustHold) {
    for (int i = 0; i < touched.size(); i++) {
      TouchedRows rows = touched.get(i);
      boolean here = rows.slice().offset() <= element && element < rows.slice().end();
      if (here && (rows.holds() || !mustHold)) {
        return rows;
      }
    }
    return null;
  }

  /**
   * {@return the elements, of which those of a slice are computed}
   *
   * @param slice what the caller writes or adds to
   */
  public float[] elements(ParameterSlice slice) {
    if (zero) {
      return elements();
    }
    for (int i = 0; i < products.size(); i++) {
      if (products.get(i).weight().equals(slice)) {
        return elements();
      }
    }
    TouchedRows rows = touchedIn(slice.offset(), true);
    if (rows != null) {
      settle(rows);
    }
    return elements;
  }

  /**
   * {@return the elements, of which some may still have to be computed: room for {@link #sum} to
   * write to}
   */
  public float[] held() {
    return elements;
  }

  /** Leaves what is to be computed uncomputed. */
  public void forget() {
    zero = false;
    products.clear();
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).release();
    }
  }

  /** Is the contribution of no rows from now on, whatever the elements hold. */
  public void setZero() {
    forget();
    zero = true;
  }

  void defer(WeightProduct product) {
    products.add(product);
  }

  /**
   * target = the sum of the directions over the tile [from, to), added in their order.
   *
   * @param directions of as many parts
   * @param target as long as the parameters; may hold the elements of the first direction
   * @param from first element of the tile
   * @param to element behind the tile, which lies within one slice and is whole rows of it
   */
  public static void sum(Direction[] directions, float[] target, int from, int to) {
    for (int d = 0; d < directions.length; d++) {
      directions[d].addTo(target, d > 0, from, to);
    }
  }

  private void addTo(float[] target, boolean add, int from, int to) {
    if (zero) {
      if (!add) {
        Arrays.fill(target, from, to, 0f);
      }
      return;
    }
    boolean first = true;
    for (int i = 0; i < products.size(); i++) {
      WeightProduct product = products.get(i);
      if (product.reaches(from, to)) {
        if (first && product.adds()) {
          addElements(target, add, from, to);
        }
        product.compute(target, add || !first || product.adds(), from, to);
        first = false;
      }
    }
    if (first) {
      addElements(target, add, from, to);
    }
  }

  private void addElements(float[] target, boolean add, int from, int to) {
    TouchedRows rows = touchedIn(from, true);
    if (rows == null) {
      addRange(target, add, from, to);
      return;
    }
    int columns = rows.slice().columns();
    for (int at = from; at < to; at += columns) {
      if (rows.has((at - rows.slice().offset()) / columns)) {
        addRange(target, add, at, at + columns);
      } else if (!add) {
        Arrays.fill(target, at, at + columns, 0f);
      }
    }
  }

  private void addRange(float[] target, boolean add, int from, int to) {
    if (add) {
      VectorMath.addInPlace(target, elements, from, to - from);
    } else if (target != elements) {
      System.arraycopy(elements, from, target, from, to - from);
    }
  }

  /**
   * {@return how many elements a row has of which few are touched: in all of the directions, the
   * others' are zero; 0 where that is not known}
   *
   * @param directions of as many parts
   * @param from first element of a tile
   */
  public static int touchedRowLength(Direction[] directions, int from) {
    int length = 0;
    for (Direction direction : directions) {
      TouchedRows rows = direction.touchedIn(from, true);
      if (!direction.zero && (rows == null || direction.hasProduct(rows.slice()))) {
        return 0;
      }
      length = direction.zero ? length : rows.slice().columns();
    }
    return length;
  }

  private boolean hasProduct(ParameterSlice slice) {
    for (int i = 0; i < products.size(); i++) {
      if (products.get(i).reaches(slice.offset(), slice.end())) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return where the next row begins that any of the directions has touched; {@code to} if there
   * is none}
   *
   * @param directions of as many parts, which have touched rows
   * @param from where a row begins
   * @param to where a later one of the same slice begins, or behind the last
   */
  public static int nextTouchedRow(Direction[] directions, int from, int to) {
    ParameterSlice slice = touchedSlice(directions, from);
    int end = (to - slice.offset()) / slice.columns();
    int row = (from - slice.offset()) / slice.columns();
    while (row < end) {
      long marks = 0;
      for (Direction direction : directions) {
        TouchedRows rows = direction.touchedIn(from, true);
        marks |= rows == null ? 0 : rows.word(row / Long.SIZE);
      }
      marks &= -1L << row;
      if (marks != 0) {
        row = row / Long.SIZE * Long.SIZE + Long.numberOfTrailingZeros(marks);
        return row < end ? slice.offset() + row * slice.columns() : to;
      }
      row = (row / Long.SIZE + 1) * Long.SIZE;
    }
    return to;
  }

  private static ParameterSlice touchedSlice(Direction[] directions, int element) {
    for (Direction direction : directions) {
      TouchedRows rows = direction.touchedIn(element, true);
      if (rows != null) {
        return rows.slice();
      }
    }
    throw new IllegalArgumentException("no direction has touched rows at " + element);
  }
}
