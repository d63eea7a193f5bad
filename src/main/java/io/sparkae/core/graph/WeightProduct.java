package io.sparkae.core.graph;

import io.sparkae.core.linalg.Blas;

/**
 * Xᵀ·Δ, the direction of a weight matrix, over the rows of a minibatch: what a backward pass has
 * left to be computed. Its operands are buffers of the graph and stay as they are until its next
 * forward pass.
 */
final class WeightProduct {
  private final ParameterSlice weight;
  private final float[] left;
  private final float[] right;
  private boolean adds;
  private int rows;

  /**
   * A product of that shape.
   *
   * @param weight in × out
   * @param left X, rows × in, row-major
   * @param right Δ, rows × out, row-major
   */
  WeightProduct(ParameterSlice weight, float[] left, float[] right) {
    this.weight = weight;
    this.left = left;
    this.right = right;
  }

  /** Says whether it is added to what an earlier operation has put into the slice. */
  void setAdds(boolean value) {
    adds = value;
  }

  boolean adds() {
    return adds;
  }

  void setRows(int value) {
    rows = value;
  }

  /** Whether elements of [from, to) are the product's. */
  boolean reaches(int from, int to) {
    return from < weight.end() && weight.offset() < to;
  }

  /**
   * Puts the elements [from, to), which are whole rows of the matrix, into the target, or adds
   * them.
   */
  void compute(float[] target, boolean add, int from, int to) {
    int columns = weight.columns();
    int first = (from - weight.offset()) / columns;
    int count = (to - from) / columns;
    if (weight.offset() + first * columns != from || from + count * columns != to) {
      throw new IllegalArgumentException(
          "parameters " + from + " to " + to + " are no whole rows of " + weight.name());
    }
    Blas.multiply(
        true,
        false,
        count,
        columns,
        rows,
        left,
        first,
        weight.rows(),
        right,
        0,
        columns,
        add ? 1f : 0f,
        target,
        from,
        columns);
  }

  ParameterSlice weight() {
    return weight;
  }
}
