package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.graph.SliceClaims;
import java.util.Arrays;

/**
 * λ·‖∂h/∂x‖², the {@link JacobianNorm} of an encoder of one layer, summed over rows; that of ReLU
 * jumps at z = 0.
 */
final class Contraction extends CodePenalty {
  private final double lambda;
  private final ParameterSlice weight;
  private final Activation activation;
  private final double[] squares;
  private final double[] slopeSums;
  private boolean mustAdd;

  Contraction(Node code, ParameterSlice weight, Activation activation, double lambda) {
    super("contraction", code);
    this.lambda = lambda;
    this.weight = weight;
    this.activation = activation;
    this.squares = new double[weight.columns()];
    this.slopeSums = new double[weight.columns()];
  }

  /** ∂f′²/∂h by f's value. */
  private float slopeOfSquaredSlope(float h) {
    return switch (activation) {
      case SIGMOID -> 2 * h * (1 - h) * (1 - 2 * h);
      case TANH -> -4 * h * (1 - h * h);
      default -> 0;
    };
  }

  @Override
  protected void claim(SliceClaims claims) {
    mustAdd = claims.mustAdd(weight);
  }

  @Override
  double penalty(Pass pass, float[] h, int rows) {
    JacobianNorm.sumSquares(weight, pass.parameters(), squares);
    Arrays.fill(slopeSums, 0);
    for (int row = 0; row < rows; row++) {
      int at = row * slopeSums.length;
      for (int j = 0; j < slopeSums.length; j++) {
        slopeSums[j] += JacobianNorm.squaredSlope(activation, h[at + j]);
      }
    }
    double sum = 0;
    for (int j = 0; j < squares.length; j++) {
      sum += slopeSums[j] * squares[j];
    }
    return lambda * sum;
  }

  @Override
  void addGradient(Pass pass, float[] h, float[] delta, int rows) {
    if (activation != Activation.SIGMOID && activation != Activation.TANH) {
      return; // f′ is piecewise constant
    }
    for (int row = 0; row < rows; row++) {
      int at = row * squares.length;
      for (int j = 0; j < squares.length; j++) {
        delta[at + j] += (float) (lambda * squares[j]) * slopeOfSquaredSlope(h[at + j]);
      }
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    super.backward(pass, direction);
    float[] w = pass.parameters();
    float[] elements = direction.elements(weight);
    for (int i = 0; i < weight.rows(); i++) {
      int at = weight.offset() + i * weight.columns();
      for (int j = 0; j < squares.length; j++) {
        float slope = (float) (2 * lambda * slopeSums[j]) * w[at + j];
        elements[at + j] = mustAdd ? elements[at + j] + slope : slope;
      }
    }
  }
}
