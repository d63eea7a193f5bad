package io.sparkae.core.objective;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.linalg.VectorMath;
import java.util.List;

/** λ/2·‖W‖². */
final class WeightDecay extends WeightPenalty {
  private final double lambda;

  WeightDecay(List<ParameterSlice> weights, double lambda) {
    super("weightDecay", weights);
    this.lambda = lambda;
  }

  @Override
  double penalty(float[] parameters, int offset, int length) {
    return lambda / 2 * VectorMath.dot(parameters, parameters, offset, length);
  }

  @Override
  void gradient(
      float[] direction, float[] parameters, int offset, int length, int rows, boolean add) {
    float factor = (float) (rows * lambda);
    if (add) {
      VectorMath.addScaledInPlace(direction, factor, parameters, offset, length);
    } else {
      VectorMath.scaleInto(direction, factor, parameters, offset, length);
    }
  }
}
