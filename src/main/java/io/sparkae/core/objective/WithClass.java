package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import java.util.Arrays;

/**
 * Codes with the class of their row behind them, as a one among zeros: rows × (width + classes +
 * 1), the last for rows of an unknown class.
 */
final class WithClass extends Node {
  private final Node codes;
  private final float[] labels;
  private final int classes;

  /** labels are class indices from 0, or {@link Prior#UNKNOWN}. */
  WithClass(int capacity, Node codes, float[] labels, int classes) {
    super(
        width(codes, classes),
        buffer(capacity, codes, classes),
        gradient(capacity, codes, classes));
    this.codes = codes;
    this.labels = labels;
    this.classes = classes;
  }

  private static int width(Node codes, int classes) {
    return codes.width() + classes + 1;
  }

  private static float[] buffer(int capacity, Node codes, int classes) {
    return new float[Math.multiplyExact(capacity, width(codes, classes))];
  }

  private static float[] gradient(int capacity, Node codes, int classes) {
    return codes.gradient() == null ? null : buffer(capacity, codes, classes);
  }

  @Override
  protected void forward(Pass pass) {
    int size = codes.width();
    for (int row = 0; row < pass.rows(); row++) {
      int at = row * width();
      System.arraycopy(codes.value(), row * size, value(), at, size);
      Arrays.fill(value(), at + size, at + width(), 0f);
      int label = (int) labels[row];
      value()[at + size + (label == Prior.UNKNOWN ? classes : label)] = 1f;
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    if (gradient() == null) {
      return;
    }
    int size = codes.width();
    for (int row = 0; row < pass.rows(); row++) {
      System.arraycopy(gradient(), row * width(), codes.gradient(), row * size, size);
    }
  }
}
