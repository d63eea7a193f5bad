package io.sparkae.core.graph;

/**
 * A value of the graph, rows × width, that an operation computes; it holds its forward beside its
 * backward.
 *
 * <p>Contract of {@code backward}: {@link #gradient()} holds ∂loss/∂value when it is called and may
 * be destroyed; the operation writes the gradients of its inputs (overwriting: a value is read by
 * one operation) and its part of the direction.
 */
public abstract class Node {
  private final int width;
  private final float[] value;
  private final float[] gradient;

  Node(int width, float[] value, float[] gradient) {
    this.width = width;
    this.value = value;
    this.gradient = gradient;
  }

  /** {@return columns} */
  public final int width() {
    return width;
  }

  /** {@return capacity × width, row-major; null for a sparse input} */
  public final float[] value() {
    return value;
  }

  /** {@return ∂loss/∂value, shaped like the value; null where no gradient is wanted} */
  public final float[] gradient() {
    return gradient;
  }

  /** Computes the value. */
  abstract void forward(Pass pass);

  /** Sends the gradient on, to the inputs and into the direction. */
  abstract void backward(Pass pass, float[] direction);

  /** Called once, in the order of the backward passes: tells which slices this node writes. */
  void claim(SliceClaims claims) {}
}
