package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.graph.SliceClaims;
import java.util.List;

/**
 * A penalty on weights (biases never belong in here), counted once for each row, so that its mean
 * over rows is the penalty itself.
 */
abstract class WeightPenalty extends Penalty {
  private final ParameterSlice[] weights;
  private final boolean[] mustAdd;

  WeightPenalty(String lossName, List<ParameterSlice> weights) {
    super(lossName, 0, null, null);
    this.weights = weights.toArray(new ParameterSlice[0]);
    this.mustAdd = new boolean[this.weights.length];
  }

  /** The penalty of one slice. */
  abstract double penalty(float[] parameters, int offset, int length);

  /** direction = rows·(∂penalty/∂W) over one slice, or added to it. */
  abstract void gradient(
      float[] direction, float[] parameters, int offset, int length, int rows, boolean add);

  @Override
  protected final void claim(SliceClaims claims) {
    for (int i = 0; i < weights.length; i++) {
      mustAdd[i] = claims.mustAdd(weights[i]);
    }
  }

  @Override
  protected final void forward(Pass pass) {
    double total = 0;
    for (ParameterSlice slice : weights) {
      total += penalty(pass.parameters(), slice.offset(), slice.length());
    }
    setSum(pass.rows() * total);
  }

  @Override
  protected final void backward(Pass pass, Direction direction) {
    for (int i = 0; i < weights.length; i++) {
      ParameterSlice slice = weights[i];
      gradient(
          direction.elements(slice),
          pass.parameters(),
          slice.offset(),
          slice.length(),
          pass.rows(),
          mustAdd[i]);
    }
  }
}
