package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.VectorMath;

/** λ·Σⱼ|hⱼ|; where a unit is 0 its slope is taken as 0. */
final class CodeL1 extends CodePenalty {
  private final double lambda;

  CodeL1(Node code, double lambda) {
    super("codeL1", code);
    this.lambda = lambda;
  }

  @Override
  double penalty(Pass pass, float[] h, int rows) {
    return lambda * VectorMath.sumOfMagnitudes(h, 0, rows * width());
  }

  @Override
  void addGradient(Pass pass, float[] h, float[] delta, int rows) {
    float factor = (float) lambda;
    for (int i = 0; i < rows * width(); i++) {
      delta[i] += factor * Math.signum(h[i]);
    }
  }
}
