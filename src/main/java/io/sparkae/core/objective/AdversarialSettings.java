package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import java.util.List;

/**
 * An autoencoder whose codes a discriminator tells from samples of a prior.
 *
 * @param autoencoder shape and loss of encoder and decoder
 * @param prior the distribution that codes are to have
 * @param discriminatorLayers widths of the discriminator's hidden layers
 * @param discriminatorActivation of those layers
 * @param discriminatorDropout probability to drop a unit of those layers
 * @param adversarialWeight weight of −log D(code) in the encoder's loss
 * @param classes of the rows, which the discriminator is told; 0 if rows have none
 */
public record AdversarialSettings(
    AutoencoderSettings autoencoder,
    Prior prior,
    List<Integer> discriminatorLayers,
    Activation discriminatorActivation,
    double discriminatorDropout,
    double adversarialWeight,
    int classes)
    implements Serializable {
  /**
   * Checks the ranges.
   *
   * @param autoencoder any
   * @param prior of codes of the autoencoder's size
   * @param discriminatorLayers each at least 1; may be empty
   * @param discriminatorActivation any
   * @param discriminatorDropout in [0, 1); 0 where there are no such layers
   * @param adversarialWeight finite, at least 0
   * @param classes at least 0
   */
  public AdversarialSettings {
    discriminatorLayers = List.copyOf(discriminatorLayers);
    for (int width : discriminatorLayers) {
      Check.that(
          width >= 1, "discriminatorLayers", "whole numbers of at least 1", discriminatorLayers);
    }
    Check.that(
        discriminatorDropout >= 0 && discriminatorDropout < 1,
        "discriminatorDropout",
        "in [0, 1)",
        discriminatorDropout);
    Check.that(
        discriminatorDropout == 0 || !discriminatorLayers.isEmpty(),
        "discriminatorDropout",
        "0 when discriminatorLayers is empty",
        discriminatorDropout);
    prior.requireSize(autoencoder.codeSize());
    Check.that(
        adversarialWeight >= 0 && Double.isFinite(adversarialWeight),
        "adversarialWeight",
        "at least 0",
        adversarialWeight);
    Check.that(classes >= 0, "numClasses", "a whole number of at least 0", classes);
  }
}
