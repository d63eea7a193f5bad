package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.Elementary;

/**
 * −log p(y|z), p = softmax(z), summed over rows; its value is p, its gradient with respect to the
 * logits z is p less one at y.
 */
final class SoftmaxLoss extends Node {
  private final Node logits;
  private final float[] labels;
  private double sum;

  /** labels are class indices from 0. */
  SoftmaxLoss(int capacity, Node logits, MinibatchColumn labels) {
    super(logits.width(), new float[Math.multiplyExact(capacity, logits.width())], null);
    this.logits = logits;
    this.labels = labels.values();
  }

  /** The loss of the last forward pass, summed over its rows. */
  double sum() {
    return sum;
  }

  @Override
  protected void forward(Pass pass) {
    int classes = width();
    double total = 0;
    for (int row = 0; row < pass.rows(); row++) {
      total -= shift(row * classes, (int) labels[row]);
    }
    float[] p = value();
    Elementary.expInPlace(p, 0, pass.rows() * classes);
    for (int row = 0; row < pass.rows(); row++) {
      total += normalise(row * classes, (int) labels[row]);
    }
    sum = total;
  }

  /** p = z − max z; the one of y. */
  private double shift(int at, int label) {
    float[] z = logits.value();
    float largest = z[at];
    for (int i = at + 1; i < at + width(); i++) {
      largest = Math.max(largest, z[i]);
    }
    for (int i = at; i < at + width(); i++) {
      value()[i] = z[i] - largest;
    }
    return value()[at + label];
  }

  /** From exponentials to probabilities and the gradient; the logarithm of their sum. */
  private double normalise(int at, int label) {
    float[] p = value();
    double total = 0;
    for (int i = at; i < at + width(); i++) {
      total += p[i];
    }
    float[] gradient = logits.gradient();
    float factor = (float) (1 / total);
    for (int i = at; i < at + width(); i++) {
      p[i] *= factor;
      gradient[i] = p[i];
    }
    gradient[at + label] -= 1f;
    return StrictMath.log(total);
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // The forward pass has left the gradient in the logits.
  }
}
