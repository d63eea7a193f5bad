package io.sparkae.core.graph;

/**
 * A loss over the rows, and over all samples of each, summed; its value is the prediction (the
 * output, or its sigmoid where fused).
 */
public final class Loss extends Node {
  private final LossKind kind;
  private final Node output;
  private final float[] target;
  private final float[] targets;
  private final double[] rowLosses;
  private double sum;

  /**
   * @param target rows × width
   */
  Loss(int capacity, LossKind kind, Node output, float[] target, int targetWidth) {
    super(
        output.width(),
        output.samples(),
        kind.isFusedWithSigmoid()
            ? new float[Math.multiplyExact(capacity * output.samples(), output.width())]
            : output.value(),
        null);
    if (targetWidth != output.width()) {
      throw new IllegalArgumentException(
          "the loss compares " + output.width() + " outputs with " + targetWidth + " targets");
    }
    this.kind = kind;
    this.output = output;
    this.target = target;
    this.targets = samples() == 1 ? target : new float[value().length];
    this.rowLosses = new double[capacity * samples()];
  }

  /** {@return the loss of the last forward pass, summed over its rows} */
  public double sum() {
    return sum;
  }

  /**
   * {@return the loss of each row of the last forward pass, or of each of its samples; the output's
   * gradient is not yet divided by anything}
   */
  public double[] rowLosses() {
    return rowLosses;
  }

  @Override
  protected void forward(Pass pass) {
    double total = 0;
    int width = output.width();
    int rows = rows(pass);
    if (samples() > 1) {
      repeatTarget(rows);
    }
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      rowLosses[row] = kind.row(output.value(), targets, value(), output.gradient(), at, width);
      total += rowLosses[row];
    }
    sum = total;
  }

  private void repeatTarget(int rows) {
    int width = width();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(target, row / samples() * width, targets, row * width, width);
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // The forward pass has left the gradient in the output node.
  }
}
