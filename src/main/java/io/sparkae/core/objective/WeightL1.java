package io.sparkae.core.objective;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.linalg.VectorMath;
import java.util.List;

/** λ·‖W‖₁; where a weight is 0 its slope is taken as 0. */
final class WeightL1 extends WeightPenalty {
  private final double lambda;

  WeightL1(List<ParameterSlice> weights, double lambda) {
    super("weightL1", weights);
    this.lambda = lambda;
  }

  @Override
  double penalty(float[] parameters, int offset, int length) {
    return lambda * VectorMath.sumOfMagnitudes(parameters, offset, length);
  }

  @Override
  void gradient(
      float[] direction, float[] parameters, int offset, int length, int rows, boolean add) {
    float factor = (float) (rows * lambda);
    for (int i = offset; i < offset + length; i++) {
      float slope = factor * Math.signum(parameters[i]);
      direction[i] = add ? direction[i] + slope : slope;
    }
  }
}
