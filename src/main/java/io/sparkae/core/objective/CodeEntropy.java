package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.VectorMath;

/**
 * λ·H, H the entropy of pⱼ = |hⱼ| / Σ|h|: −Σⱼ pⱼ log pⱼ. Its slope ∂H/∂|hⱼ| = −(log pⱼ + H) / Σ|h|
 * has no bound where a unit or all of them go to 0: of a unit that is 0 it is taken as 0, and Σ|h|
 * is held at 10⁻³ or above in it. A row of zeros has no entropy.
 */
final class CodeEntropy extends CodePenalty {
  private static final double LEAST_MASS = 1e-3;

  private final double lambda;
  private final double[] entropies;

  private CodeEntropy(int capacity, Node code, double lambda) {
    super("codeEntropy", code);
    this.lambda = lambda;
    this.entropies = new double[capacity];
  }

  /** The entropy of that kind of code. */
  static CodePenalty of(int capacity, Node code, Activation activation, double lambda) {
    return activation == Activation.SIGMOID
        ? new BinaryEntropy(code, lambda)
        : new CodeEntropy(capacity, code, lambda);
  }

  @Override
  double penalty(Pass pass, float[] h, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      entropies[row] = entropy(h, row * width());
      sum += entropies[row];
    }
    return lambda * sum;
  }

  private double entropy(float[] h, int at) {
    double mass = VectorMath.sumOfMagnitudes(h, at, width());
    double entropy = 0;
    for (int i = at; i < at + width(); i++) {
      if (h[i] != 0) {
        double p = Math.abs(h[i]) / mass;
        entropy -= p * Math.log(p);
      }
    }
    return entropy;
  }

  @Override
  void addGradient(Pass pass, float[] h, float[] delta, int rows) {
    for (int row = 0; row < rows; row++) {
      int at = row * width();
      double mass = VectorMath.sumOfMagnitudes(h, at, width());
      for (int i = at; i < at + width(); i++) {
        if (h[i] != 0) {
          double p = Math.abs(h[i]) / mass;
          double slope = -(Math.log(p) + entropies[row]) / Math.max(LEAST_MASS, mass);
          delta[i] += (float) (lambda * slope * Math.signum(h[i]));
        }
      }
    }
  }
}
