package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * A decoder's outputs where the row's features are known, and elsewhere what costs nothing beside a
 * target of 0: such features have no part in the loss, and send no gradient.
 */
final class KnownFeatures extends Node {
  /** Logit of a probability of 0. */
  private static final float NEVER = -1000;

  private final Node outputs;
  private final MinibatchColumn known;
  private final float elsewhere;
  private boolean open;

  /**
   * @param known 1 for a feature that is known, 0 for another
   */
  KnownFeatures(int capacity, Node outputs, MinibatchColumn known, LossKind loss) {
    super(
        outputs.width(),
        outputs.samples(),
        new float[Math.multiplyExact(capacity * outputs.samples(), outputs.width())],
        new float[Math.multiplyExact(capacity * outputs.samples(), outputs.width())]);
    this.outputs = outputs;
    this.known = known;
    this.elsewhere = loss == LossKind.CROSS_ENTROPY ? NEVER : 0;
  }

  /** Whether all features go through, known or not. */
  void setOpen(boolean value) {
    open = value;
  }

  @Override
  protected void forward(Pass pass) {
    if (open) {
      System.arraycopy(outputs.value(), 0, value(), 0, rows(pass) * width());
      return;
    }
    float[] from = outputs.value();
    float[] to = value();
    float[] mask = known.values();
    for (int row = 0; row < rows(pass); row++) {
      int at = row / samples() * width();
      for (int i = row * width(); i < (row + 1) * width(); i++) {
        to[i] = mask[at++] > 0 ? from[i] : elsewhere;
      }
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    float[] from = gradient();
    float[] to = outputs.gradient();
    float[] mask = known.values();
    for (int row = 0; row < rows(pass); row++) {
      int at = row / samples() * width();
      for (int i = row * width(); i < (row + 1) * width(); i++) {
        to[i] = from[i] * mask[at++];
      }
    }
  }
}
