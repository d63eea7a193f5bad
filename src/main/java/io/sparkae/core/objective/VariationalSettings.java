package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Pass;
import java.io.Serializable;
import java.util.List;

/**
 * The shape of a variational autoencoder and the bound that it is trained by.
 *
 * @param encoderLayers widths of the hidden layers between features and posterior
 * @param codeSize numbers of a code z
 * @param decoderLayers widths of the hidden layers between code and features
 * @param activation of all hidden layers
 * @param likelihood the distribution of a row given its code
 * @param deviation standard deviation of a feature given the code, of a gaussian likelihood
 * @param binarization how features become zeros and ones
 * @param beta β, the weight of KL(q(z|x)‖p(z))
 * @param betaWarmupEpochs epochs over which the weight grows from 0 to β, by equal steps
 * @param importanceSamples K, samples of a row's posterior in each step: of 1, the bound with its
 *     KL in closed form; of more, −log of the mean importance weight
 */
public record VariationalSettings(
    List<Integer> encoderLayers,
    int codeSize,
    List<Integer> decoderLayers,
    Activation activation,
    Likelihood likelihood,
    double deviation,
    Binarization binarization,
    double beta,
    int betaWarmupEpochs,
    int importanceSamples)
    implements Serializable {
  /** One hidden layer of 400 units on both sides of a code of 20, for features in [0, 1]. */
  public static final VariationalSettings DEFAULT =
      new VariationalSettings(
          List.of(400),
          20,
          List.of(400),
          Activation.TANH,
          Likelihood.BERNOULLI,
          1,
          Binarization.NONE,
          1,
          0,
          1);

  /**
   * Checks the ranges.
   *
   * @param encoderLayers each at least 1; may be empty
   * @param codeSize at least 1
   * @param decoderLayers each at least 1; may be empty
   * @param activation any
   * @param likelihood bernoulli where features are binarised
   * @param deviation positive; 1 of a bernoulli likelihood
   * @param binarization any
   * @param beta finite, at least 0
   * @param betaWarmupEpochs at least 0
   * @param importanceSamples at least 1
   */
  public VariationalSettings {
    encoderLayers = List.copyOf(encoderLayers);
    decoderLayers = List.copyOf(decoderLayers);
    checkWidths("hiddenLayers", encoderLayers);
    checkWidths("decoderLayers", decoderLayers);
    Check.that(codeSize >= 1, "codeSize", "a whole number of at least 1", codeSize);
    Check.that(
        deviation > 0 && Double.isFinite(deviation),
        "likelihoodDeviation",
        "a positive number",
        deviation);
    Check.that(
        likelihood == Likelihood.GAUSSIAN || deviation == 1,
        "likelihoodDeviation",
        "1 when likelihood is bernoulli",
        deviation);
    Check.that(
        likelihood == Likelihood.BERNOULLI || binarization == Binarization.NONE,
        "binarization",
        "none when likelihood is gaussian",
        Check.camelCase(binarization));
    Check.that(beta >= 0 && Double.isFinite(beta), "beta", "at least 0", beta);
    Check.that(
        betaWarmupEpochs >= 0,
        "betaWarmupEpochs",
        "a whole number of at least 0",
        betaWarmupEpochs);
    Check.that(
        importanceSamples >= 1,
        "importanceSamples",
        "a whole number of at least 1",
        importanceSamples);
  }

  private static void checkWidths(String name, List<Integer> widths) {
    for (int width : widths) {
      Check.that(width >= 1, name, "whole numbers of at least 1", widths);
    }
  }

  /** β in an epoch of training; outside of training what it grows to. */
  double beta(Pass pass) {
    return pass.isTraining() && pass.epoch() < betaWarmupEpochs
        ? beta * pass.epoch() / betaWarmupEpochs
        : beta;
  }
}
