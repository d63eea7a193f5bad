package io.sparkae.ml;

import io.sparkae.core.objective.AdversarialSettings;
import io.sparkae.core.objective.Prior;

/** The Params that {@link AdversarialAutoencoder} and {@link AdversarialAutoencoderModel} share. */
public interface AdversarialAutoencoderParams
    extends AutoencoderParams, GameParams, AdversarialParams {
  /** {@return where all the Params are kept} */
  AdversarialHolders adversarialHolders();

  @Override
  default Holders holders() {
    return adversarialHolders().autoencoder;
  }

  @Override
  default GameParams.Holder gameParams() {
    return adversarialHolders().game;
  }

  @Override
  default AdversarialParams.Holder adversarialParams() {
    return adversarialHolders().adversarial;
  }

  /**
   * {@return the Params as settings}
   *
   * @param known the distribution that the codes are to have
   * @param classes that the discriminator is told; 0 for none
   * @throws IllegalArgumentException if they contradict each other
   */
  default AdversarialSettings adversarialSettings(Prior known, int classes) {
    return new AdversarialSettings(
        autoencoderSettings(), known, discriminatorSettings(), getAdversarialWeight(), classes);
  }
}
