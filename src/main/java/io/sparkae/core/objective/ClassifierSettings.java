package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * The shape and the loss of a classifier: an encoder, if there is one, and a head of one layer.
 *
 * @param encoder shape of the encoder; of no layers for a head alone, which is a linear classifier
 * @param classes labels are 0 to classes − 1; at least 2
 * @param binomial whether one logistic unit tells two classes apart; else a softmax has a unit for
 *     each class
 * @param weightDecay λ of λ/2·‖W‖² over all weights, biases left out, at least 0
 * @param noise what training draws at random
 * @param validatesErrors whether the validation loss is the part of the rows that are classified
 *     wrongly; else it is the mean loss
 */
public record ClassifierSettings(
    EncoderSettings encoder,
    int classes,
    boolean binomial,
    double weightDecay,
    Noise noise,
    boolean validatesErrors)
    implements Serializable {
  /**
   * Checks the ranges.
   *
   * @param encoder any
   * @param classes at least 2, and 2 if {@code binomial}
   * @param binomial either
   * @param weightDecay finite, at least 0
   * @param noise any
   * @param validatesErrors either
   */
  public ClassifierSettings {
    Check.that(classes >= 2, "the number of classes", "at least 2", classes);
    Check.that(
        !binomial || classes == 2, "the number of classes", "2 when family is binomial", classes);
    Check.that(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "weightDecay",
        "a number of at least 0",
        weightDecay);
  }

  /** {@return units of the head} */
  public int outputs() {
    return binomial ? 1 : classes;
  }
}
