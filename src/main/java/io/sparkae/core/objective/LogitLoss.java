package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * The loss of one logit s for each row, times a weight: −t·log σ(s) − (1 − t)·log(1 − σ(s)) of a
 * target t, or log(1 − σ(s)), which a generator that saturates minimises. Source: Goodfellow et al.
 * 2014.
 */
final class LogitLoss extends Node {
  private final Node logits;
  private final double target;
  private final double weight;
  private final boolean saturating;
  private double sum;

  private LogitLoss(Node logits, double target, double weight, boolean saturating) {
    super(1, logits.samples(), logits.value(), null);
    this.logits = logits;
    this.target = target;
    this.weight = weight;
    this.saturating = saturating;
  }

  /** The cross-entropy with a target in [0, 1]. */
  static LogitLoss of(Node logits, double target, double weight) {
    return new LogitLoss(logits, target, weight, false);
  }

  /** log(1 − σ(s)). */
  static LogitLoss saturating(Node logits, double weight) {
    return new LogitLoss(logits, 0, weight, true);
  }

  /** The loss of the last forward pass, summed over its rows. */
  double sum() {
    return sum;
  }

  @Override
  protected void forward(Pass pass) {
    double total = 0;
    for (int row = 0; row < rows(pass); row++) {
      double s = logits.value()[row];
      double softplus = Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
      double sigmoid = 1 / (1 + Math.exp(-s));
      total += saturating ? -softplus : softplus - target * s;
      logits.gradient()[row] = (float) (weight * (saturating ? -sigmoid : sigmoid - target));
    }
    sum = weight * total;
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // The forward pass has left the gradient in the logits.
  }
}
