package io.sparkae.core.graph;

import io.sparkae.core.linalg.VectorMath;
import java.util.ArrayList;
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
    for (int i = 0; i < products.size(); i++) {
      WeightProduct product = products.get(i);
      ParameterSlice slice = product.weight();
      product.compute(elements, product.adds(), slice.offset(), slice.end());
    }
    products.clear();
    return elements;
  }

  /**
   * {@return the elements, of which those of a slice are computed}
   *
   * @param slice what the caller writes or adds to
   */
  public float[] elements(ParameterSlice slice) {
    for (int i = 0; i < products.size(); i++) {
      if (products.get(i).weight().equals(slice)) {
        return elements();
      }
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
    products.clear();
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
    if (add) {
      VectorMath.addInPlace(target, elements, from, to - from);
    } else if (target != elements) {
      System.arraycopy(elements, from, target, from, to - from);
    }
  }
}
