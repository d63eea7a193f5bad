package io.sparkae.core.graph;

import io.sparkae.core.linalg.VectorMath;
import java.util.List;

/** λ/2·‖W‖² over some weights, counted once for each row (biases never belong in here). */
public final class WeightDecay extends Node {
  private final ParameterSlice[] weights;
  private final boolean[] mustAdd;
  private final double lambda;
  private double sum;

  WeightDecay(List<ParameterSlice> weights, double lambda) {
    super(0, null, null);
    this.weights = weights.toArray(new ParameterSlice[0]);
    this.mustAdd = new boolean[this.weights.length];
    this.lambda = lambda;
  }

  /** {@return the penalty of the last forward pass, summed over its rows} */
  public double sum() {
    return sum;
  }

  @Override
  void claim(SliceClaims claims) {
    for (int i = 0; i < weights.length; i++) {
      mustAdd[i] = claims.mustAdd(weights[i]);
    }
  }

  @Override
  void forward(Pass pass) {
    double squares = 0;
    float[] w = pass.parameters();
    for (ParameterSlice slice : weights) {
      squares += VectorMath.dot(w, w, slice.offset(), slice.length());
    }
    sum = pass.rows() * (lambda / 2) * squares;
  }

  @Override
  void backward(Pass pass, float[] direction) {
    float factor = (float) (pass.rows() * lambda);
    for (int i = 0; i < weights.length; i++) {
      ParameterSlice slice = weights[i];
      if (mustAdd[i]) {
        VectorMath.addScaledInPlace(
            direction, factor, pass.parameters(), slice.offset(), slice.length());
      } else {
        VectorMath.scaleInto(direction, factor, pass.parameters(), slice.offset(), slice.length());
      }
    }
  }
}
