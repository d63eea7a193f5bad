package io.sparkae.ml;

import io.sparkae.core.objective.ClassifierSettings;
import io.sparkae.core.objective.EncoderSettings;
import io.sparkae.core.objective.Noise;

/** The Params that classifiers and their model share. */
public interface ClassifierParams extends InputParams, PredictionParams {
  /**
   * {@return shape and loss of a net of these Params}
   *
   * @param encoder shape of the encoder
   * @param classes number of classes
   * @param weightDecay λ of λ/2·‖W‖²
   * @param noise what training draws at random
   * @param validatesErrors whether validation counts errors
   * @throws IllegalArgumentException if they contradict each other
   */
  default ClassifierSettings classifierSettings(
      EncoderSettings encoder,
      int classes,
      double weightDecay,
      Noise noise,
      boolean validatesErrors) {
    boolean binomial = getFamily().equals("binomial") || getFamily().equals("auto") && classes == 2;
    return new ClassifierSettings(encoder, classes, binomial, weightDecay, noise, validatesErrors);
  }
}
