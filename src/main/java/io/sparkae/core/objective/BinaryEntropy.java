package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * λ·Σⱼ −hⱼ log hⱼ − (1 − hⱼ) log(1 − hⱼ) of a sigmoid code; units are held 10⁻⁷ away from 0 and 1,
 * where the slope log((1 − hⱼ) / hⱼ) has no bound.
 */
final class BinaryEntropy extends CodePenalty {
  private static final double EDGE = 1e-7;

  private final double lambda;

  BinaryEntropy(Node code, double lambda) {
    super("codeEntropy", code);
    this.lambda = lambda;
  }

  private static double inside(double h) {
    return Math.min(1 - EDGE, Math.max(EDGE, h));
  }

  @Override
  double penalty(Pass pass, float[] h, int rows) {
    double sum = 0;
    for (int i = 0; i < rows * width(); i++) {
      double p = inside(h[i]);
      sum -= p * Math.log(p) + (1 - p) * Math.log(1 - p);
    }
    return lambda * sum;
  }

  @Override
  void addGradient(Pass pass, float[] h, float[] delta, int rows) {
    for (int i = 0; i < rows * width(); i++) {
      double p = inside(h[i]);
      delta[i] += (float) (lambda * Math.log((1 - p) / p));
    }
  }
}
