package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ParameterSlice;
import java.util.Arrays;

/**
 * ‖∂h/∂x‖² = Σⱼ f′(zⱼ)²·Σᵢ Wᵢⱼ², the squared Frobenius norm of the Jacobian of an encoder h = f(z),
 * z = x·W + b of one layer, for those f whose slope follows from their value. Source: Rifai et al.
 * 2011.
 */
public final class JacobianNorm {
  private JacobianNorm() {}

  /**
   * {@return whether f′ is known here}
   *
   * @param activation f
   */
  public static boolean allows(Activation activation) {
    return switch (activation) {
      case SIGMOID, TANH, RELU, LINEAR -> true;
      case LEAKY_RELU, ELU, SOFTPLUS -> false;
    };
  }

  /**
   * {@return f′(z)²; of ReLU 0 at z = 0}
   *
   * @param activation f, one that is allowed
   * @param h f(z)
   */
  public static float squaredSlope(Activation activation, float h) {
    return switch (activation) {
      case SIGMOID -> h * (1 - h) * (h * (1 - h));
      case TANH -> (1 - h * h) * (1 - h * h);
      case RELU -> h > 0 ? 1 : 0;
      default -> 1;
    };
  }

  /**
   * Σᵢ Wᵢⱼ² of each unit j.
   *
   * @param weight W, inputs × units
   * @param parameters the flat parameter vector
   * @param squares gets the sums, one for each unit
   */
  public static void sumSquares(ParameterSlice weight, float[] parameters, double[] squares) {
    Arrays.fill(squares, 0);
    for (int i = 0; i < weight.rows(); i++) {
      int at = weight.offset() + i * weight.columns();
      for (int j = 0; j < squares.length; j++) {
        squares[j] += (double) parameters[at + j] * parameters[at + j];
      }
    }
  }
}
