package io.sparkae.core.graph;

/**
 * A value of the graph, rows × width (or samples of each row, one after the other), that an
 * operation computes; it holds its forward beside its backward.
 *
 * <p>Contract of {@code backward}: {@link #gradient()} holds ∂loss/∂value when it is called and may
 * be destroyed; the operation writes the gradients of its inputs (overwriting: a value is read by
 * one operation) and its part of the direction. An operation in place has the buffers of its input:
 * it stands between its input and whoever reads the value, and adds to the gradient that it finds.
 */
public abstract class Node {
  private final int width;
  private final int samples;
  private final float[] value;
  private final float[] gradient;

  /**
   * A node over buffers of its own, or, where it changes its input in place, over its input's.
   *
   * @param width columns
   * @param value capacity × width; null where rows stay sparse
   * @param gradient shaped like the value; null where no gradient is wanted
   */
  protected Node(int width, float[] value, float[] gradient) {
    this(width, 1, value, gradient);
  }

  /**
   * A node over buffers of its own, or, where it changes its input in place, over its input's.
   *
   * @param width columns
   * @param samples rows of the value for each row of the minibatch
   * @param value capacity·samples × width; null where rows stay sparse
   * @param gradient shaped like the value; null where no gradient is wanted
   */
  protected Node(int width, int samples, float[] value, float[] gradient) {
    this.width = width;
    this.samples = samples;
    this.value = value;
    this.gradient = gradient;
  }

  /** {@return columns} */
  public final int width() {
    return width;
  }

  /**
   * {@return rows of the value for each row of the minibatch: 1, unless an operation draws several
   * samples of each}
   */
  public final int samples() {
    return samples;
  }

  /**
   * {@return rows of the value}
   *
   * @param pass the rows of the minibatch
   */
  protected final int rows(Pass pass) {
    return samples * pass.rows();
  }

  /** {@return capacity·samples × width, row-major; null for a sparse input} */
  public final float[] value() {
    return value;
  }

  /** {@return ∂loss/∂value, shaped like the value; null where no gradient is wanted} */
  public final float[] gradient() {
    return gradient;
  }

  /**
   * {@return the rows by their non-zero elements, where the next operation reads them so; else
   * null}
   */
  public MinibatchColumn sparseRows() {
    return null;
  }

  /** {@return whether rows are read by their non-zero elements} */
  public final boolean isSparse() {
    return sparseRows() != null;
  }

  /**
   * Computes the value.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   */
  protected abstract void forward(Pass pass);

  /**
   * Sends the gradient on, to the inputs and into the direction.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   * @param direction over the parameters
   */
  protected abstract void backward(Pass pass, Direction direction);

  /**
   * Called once, in the order of the backward passes: tells which slices this node writes.
   *
   * @param claims who writes first
   */
  protected void claim(SliceClaims claims) {}
}
