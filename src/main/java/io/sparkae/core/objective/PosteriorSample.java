package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.Elementary;
import io.sparkae.core.linalg.VectorMath;
import java.util.Arrays;

/**
 * K samples of each row's posterior, z = μ + σ·ε with ε from N(0, I): gradients reach μ and log σ²
 * through z. Where asked, it has log p(z) − log q(z|x) of each sample as well, with its gradient.
 * Source: Kingma and Welling 2013; Burda et al. 2015.
 *
 * <p>Draws are keyed by row and epoch in training, and by row and series else.
 */
final class PosteriorSample extends Node {
  private final Node posterior;
  private final boolean withRatio;
  private final float[] draws;
  private final float[] deviations;
  private final double[] logRatios;
  private final float[] weights;
  private double ratioWeight;
  private int series;

  /**
   * @param posterior rows × 2·d: means, log-variances
   * @param samples K
   * @param withRatio whether the prior and the posterior's density are wanted
   */
  PosteriorSample(int capacity, Node posterior, int samples, boolean withRatio) {
    super(
        posterior.width() / 2,
        samples,
        new float[Math.multiplyExact(capacity * samples, posterior.width() / 2)],
        new float[Math.multiplyExact(capacity * samples, posterior.width() / 2)]);
    this.posterior = posterior;
    this.withRatio = withRatio;
    this.draws = new float[value().length];
    this.deviations = new float[capacity * width()];
    this.logRatios = new double[capacity * samples];
    this.weights = new float[capacity * samples];
    Arrays.fill(weights, 1f);
  }

  /** log p(z) − log q(z|x) of each sample of the last forward pass, if they are wanted. */
  double[] logRatios() {
    return logRatios;
  }

  /** Weight of each sample in the gradient of the ratios; adds to 1 over those of a row. */
  float[] weights() {
    return weights;
  }

  /** Says which draws there are outside of training; the same number, the same draws. */
  void setSeries(int value) {
    this.series = value;
  }

  /** Factor on that gradient. */
  void setRatioWeight(double value) {
    this.ratioWeight = value;
  }

  @Override
  protected void forward(Pass pass) {
    int width = width();
    int count = pass.rows() * width;
    int epoch = pass.isTraining() ? pass.epoch() : series;
    for (int row = 0; row < pass.rows(); row++) {
      int logVariances = row * 2 * width + width;
      for (int j = 0; j < width; j++) {
        deviations[row * width + j] = 0.5f * posterior.value()[logVariances + j];
      }
      long index = pass.minibatch().rowIndices()[row];
      int numbers = samples() * width;
      pass.random().normal(Sites.POSTERIOR, epoch, index, draws, row * numbers, numbers);
    }
    Elementary.expInPlace(deviations, 0, count);
    for (int row = 0; row < pass.rows(); row++) {
      for (int k = row * samples(); k < (row + 1) * samples(); k++) {
        place(row, k);
      }
    }
  }

  private void place(int row, int sample) {
    int width = width();
    float[] z = value();
    int means = row * 2 * width;
    for (int j = 0; j < width; j++) {
      int at = sample * width + j;
      z[at] = Math.fma(deviations[row * width + j], draws[at], posterior.value()[means + j]);
    }
    if (withRatio) {
      int at = sample * width;
      double logDeterminant = VectorMath.sum(posterior.value(), means + width, width);
      logRatios[sample] =
          0.5
              * (VectorMath.dot(draws, draws, at, width)
                  + logDeterminant
                  - VectorMath.dot(z, z, at, width));
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    int width = width();
    float[] delta = posterior.gradient();
    Arrays.fill(delta, 0, pass.rows() * 2 * width, 0f);
    for (int row = 0; row < pass.rows(); row++) {
      for (int k = row * samples(); k < (row + 1) * samples(); k++) {
        if (withRatio) {
          // −log p(z) pulls z to 0, and log q(z|x), which is −½ log σ² − ½ε², pushes log σ² up
          float pull = (float) (ratioWeight * weights[k]);
          VectorMath.addScaledInPlace(gradient(), pull, value(), k * width, width);
          for (int j = 0; j < width; j++) {
            delta[row * 2 * width + width + j] -= 0.5f * pull;
          }
        }
        send(row, k, delta);
      }
    }
  }

  private void send(int row, int sample, float[] delta) {
    int width = width();
    int means = row * 2 * width;
    for (int j = 0; j < width; j++) {
      float through = gradient()[sample * width + j];
      float deviation = deviations[row * width + j];
      delta[means + j] += through;
      delta[means + width + j] += 0.5f * deviation * draws[sample * width + j] * through;
    }
  }
}
