package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.VectorMath;

/**
 * Turns the losses of a row's samples into its −log p(x|z), and those of K samples with their
 * densities into −log (1/K) Σ w, w = p(x|z)·(p(z)/q(z|x))^β, each with its gradient. Source: Burda
 * et al. 2015.
 *
 * <p>Stands behind the loss, which has left its gradient in the decoder's output.
 */
final class VariationalBound extends Node {
  private final VariationalSettings settings;
  private final Loss loss;
  private final Node output;
  private final PosteriorSample codes;
  private final double factor;
  private final double constant;
  private final double[] logWeights;
  private double reconstruction;
  private double divergence;
  private double gain;

  /**
   * @param codes with their ratios; null for the one sample of a bound whose KL is added elsewhere
   */
  VariationalBound(VariationalSettings settings, Loss loss, Node output, PosteriorSample codes) {
    super(output.width(), output.samples(), output.value(), output.gradient());
    this.settings = settings;
    this.loss = loss;
    this.output = output;
    this.codes = codes;
    this.factor = settings.likelihood().factor(settings.deviation());
    this.constant = settings.likelihood().constant(settings.deviation(), output.width());
    this.logWeights = new double[output.samples()];
  }

  /** Σ over rows of the mean over samples of −log p(x|z). */
  double reconstruction() {
    return reconstruction;
  }

  /** Σ over rows of the mean over samples of β·(log q(z|x) − log p(z)). */
  double divergence() {
    return divergence;
  }

  /** What the bound is less than the two together, as a number that is not above 0. */
  double gain() {
    return gain;
  }

  @Override
  protected void forward(Pass pass) {
    reconstruction = factor * loss.sum() / samples() + constant * pass.rows();
    divergence = 0;
    gain = 0;
    if (codes == null) {
      if (factor != 1) {
        VectorMath.scaleInPlace(output.gradient(), 0, pass.rows() * output.width(), (float) factor);
      }
      return;
    }
    double beta = settings.beta(pass);
    codes.setRatioWeight(beta);
    for (int row = 0; row < pass.rows(); row++) {
      weigh(row, beta);
    }
  }

  private void weigh(int row, double beta) {
    int first = row * samples();
    double largest = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int k = 0; k < samples(); k++) {
      double ratio = beta * codes.logRatios()[first + k];
      logWeights[k] = ratio - factor * loss.rowLosses()[first + k] - constant;
      largest = Math.max(largest, logWeights[k]);
      mean += logWeights[k] / samples();
      divergence -= ratio / samples();
    }
    double sum = 0;
    for (int k = 0; k < samples(); k++) {
      logWeights[k] = Math.exp(logWeights[k] - largest);
      sum += logWeights[k];
    }
    gain += mean - largest - Math.log(sum / samples());
    for (int k = 0; k < samples(); k++) {
      float weight = (float) (logWeights[k] / sum);
      codes.weights()[first + k] = weight;
      int at = (first + k) * width();
      VectorMath.scaleInPlace(output.gradient(), at, width(), (float) factor * weight);
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // The forward pass has put the weights on the gradient.
  }
}
