package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;

/** The distribution of a row given its code, as the decoder's outputs describe it. */
public enum Likelihood {
  /** Each feature is 1 with the probability that the decoder's sigmoid gives. */
  BERNOULLI(LossKind.CROSS_ENTROPY, Activation.SIGMOID),
  /** Each feature is normal around the decoder's linear output, all with one deviation. */
  GAUSSIAN(LossKind.SQUARED_ERROR, Activation.LINEAR);

  private final LossKind loss;
  private final Activation mean;

  Likelihood(LossKind loss, Activation mean) {
    this.loss = loss;
    this.mean = mean;
  }

  /** What −log p(x|z) is, but for factor and constant. */
  LossKind loss() {
    return loss;
  }

  /** Activation that makes the mean of a feature of the decoder's output. */
  Activation mean() {
    return mean;
  }

  /** Factor of the loss in −log p(x|z). */
  double factor(double deviation) {
    return this == BERNOULLI ? 1 : 1 / (2 * deviation * deviation);
  }

  /** What −log p(x|z) has beside the loss. */
  double constant(double deviation, int features) {
    return this == BERNOULLI ? 0 : features * Math.log(deviation * Math.sqrt(2 * Math.PI));
  }
}
