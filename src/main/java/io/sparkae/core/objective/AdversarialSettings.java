package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * An autoencoder whose codes a discriminator tells from samples of a prior.
 *
 * @param autoencoder shape and loss of encoder and decoder
 * @param prior the distribution that codes are to have
 * @param discriminator shape of the discriminator
 * @param adversarialWeight weight of −log D(code) in the encoder's loss
 * @param classes of the rows, which the discriminator is told; 0 if rows have none
 */
public record AdversarialSettings(
    AutoencoderSettings autoencoder,
    Prior prior,
    DiscriminatorSettings discriminator,
    double adversarialWeight,
    int classes)
    implements Serializable {
  /** Codes like N(0, I), without classes. */
  public static final AdversarialSettings DEFAULT =
      new AdversarialSettings(
          AutoencoderSettings.DEFAULT, StandardPrior.GAUSSIAN, DiscriminatorSettings.DEFAULT, 1, 0);

  /**
   * Checks the ranges.
   *
   * @param autoencoder any
   * @param prior of codes of the autoencoder's size
   * @param discriminator any
   * @param adversarialWeight finite, at least 0
   * @param classes at least 0
   */
  public AdversarialSettings {
    prior.requireSize(autoencoder.codeSize());
    Check.that(
        adversarialWeight >= 0 && Double.isFinite(adversarialWeight),
        "adversarialWeight",
        "at least 0",
        adversarialWeight);
    Check.that(classes >= 0, "numClasses", "a whole number of at least 0", classes);
  }
}
