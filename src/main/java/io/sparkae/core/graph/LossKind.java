package io.sparkae.core.graph;

import io.sparkae.core.linalg.Elementary;
import io.sparkae.core.linalg.VectorMath;
import java.util.Arrays;

/**
 * Distances between a row x̂ of outputs and its target x, each with its gradient with respect to
 * what the graph hands in: x̂ itself, or its logits where sigmoid and loss are fused.
 */
public enum LossKind {
  /** ‖x̂ − x‖². */
  SQUARED_ERROR {
    @Override
    double row(
        float[] output, float[] target, float[] prediction, float[] delta, int at, int width) {
      VectorMath.subtractInto(delta, output, target, at, width);
      double loss = VectorMath.dot(delta, delta, at, width);
      VectorMath.scaleInPlace(delta, at, width, 2f);
      return loss;
    }
  },
  /** −Σ x log x̂ + (1 − x) log(1 − x̂) with x̂ the sigmoid of the output; delta = x̂ − x. */
  CROSS_ENTROPY {
    @Override
    double row(
        float[] output, float[] target, float[] prediction, float[] delta, int at, int width) {
      return Elementary.sigmoidCrossEntropy(output, target, prediction, delta, at, width);
    }
  },
  /**
   * 1 − x·x̂/(‖x‖‖x̂‖); a row in which either norm is below 10⁻¹⁸ has no direction: it counts 1 and
   * has no gradient.
   */
  COSINE {
    @Override
    double row(
        float[] output, float[] target, float[] prediction, float[] delta, int at, int width) {
      double dot = VectorMath.dot(output, target, at, width);
      double outputSquare = VectorMath.dot(output, output, at, width);
      double targetSquare = VectorMath.dot(target, target, at, width);
      double norms = Math.sqrt(outputSquare) * Math.sqrt(targetSquare);
      if (Math.min(outputSquare, targetSquare) < SHORT * SHORT) {
        Arrays.fill(delta, at, at + width, 0f);
        return 1;
      }
      double cosine = dot / norms;
      // ∂/∂x̂ = −x/(‖x‖‖x̂‖) + cosine·x̂/‖x̂‖²
      VectorMath.scaleInto(delta, (float) (cosine / outputSquare), output, at, width);
      VectorMath.addScaledInPlace(delta, (float) (-1 / norms), target, at, width);
      return 1 - cosine;
    }
  };

  /** Below this the gradient with respect to a row leaves the range of floats. */
  private static final double SHORT = 1e-18;

  /**
   * One row, at {@code at} in all arrays: writes delta, and the prediction where it is not the
   * output.
   *
   * @return the row's loss
   */
  abstract double row(
      float[] output, float[] target, float[] prediction, float[] delta, int at, int width);

  /** Whether the loss takes logits and makes the predictions itself. */
  boolean isFusedWithSigmoid() {
    return this == CROSS_ENTROPY;
  }
}
