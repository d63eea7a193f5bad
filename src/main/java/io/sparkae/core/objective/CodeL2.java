package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.VectorMath;

/** λ/2·Σⱼhⱼ². */
final class CodeL2 extends CodePenalty {
  private final double lambda;

  CodeL2(Node code, double lambda) {
    super("codeL2", code);
    this.lambda = lambda;
  }

  @Override
  double penalty(Pass pass, float[] h, int rows) {
    return lambda / 2 * VectorMath.dot(h, h, 0, rows * width());
  }

  @Override
  void addGradient(Pass pass, float[] h, float[] delta, int rows) {
    VectorMath.addScaledInPlace(delta, (float) lambda, h, 0, rows * width());
  }
}
