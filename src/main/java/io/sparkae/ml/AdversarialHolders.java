package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Params;

/**
 * The Params of one adversarial autoencoder: made once its uid is known, before anything asks for
 * them.
 */
public final class AdversarialHolders implements Serializable {
  private static final long serialVersionUID = 1L;

  final Holders autoencoder;
  final GameParams.Holder game;
  final AdversarialParams.Holder adversarial;

  AdversarialHolders(Params stage) {
    autoencoder = new Holders(stage);
    game = new GameParams.Holder(stage);
    adversarial = new AdversarialParams.Holder(stage);
  }

  void setDefaults(Params stage) {
    autoencoder.setDefaults(stage);
    game.setDefaults(stage);
    adversarial.setDefaults(stage);
  }
}
