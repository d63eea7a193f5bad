package io.sparkae.core.graph;

/**
 * A loss over the rows, summed; its value is the prediction (the output, or its sigmoid where
 * fused).
 */
public final class Loss extends Node {
  private final LossKind kind;
  private final Node output;
  private final float[] target;
  private double sum;

  Loss(int capacity, LossKind kind, Node output, MinibatchColumn target) {
    super(
        output.width(),
        kind.isFusedWithSigmoid()
            ? new float[Math.multiplyExact(capacity, output.width())]
            : output.value(),
        null);
    if (target.width() != output.width()) {
      throw new IllegalArgumentException(
          "the loss compares " + output.width() + " outputs with " + target.width() + " targets");
    }
    this.kind = kind;
    this.output = output;
    this.target = target.values();
  }

  /** {@return the loss of the last forward pass, summed over its rows} */
  public double sum() {
    return sum;
  }

  @Override
  protected void forward(Pass pass) {
    double total = 0;
    int width = output.width();
    for (int row = 0; row < pass.rows(); row++) {
      int at = row * width;
      total += kind.row(output.value(), target, value(), output.gradient(), at, width);
    }
    sum = total;
  }

  @Override
  protected void backward(Pass pass, float[] direction) {
    // The forward pass has left the gradient in the output node.
  }
}
