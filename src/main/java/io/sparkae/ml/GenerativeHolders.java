package io.sparkae.ml;

import io.sparkae.core.train.TrainingSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.Params;

/**
 * The Params of one generative adversarial network: made once its uid is known, before anything
 * asks for them.
 */
public final class GenerativeHolders implements Serializable {
  private static final long serialVersionUID = 1L;

  final InputParams.Holder input;
  final GenerativeParams.Holder generative;
  final GameParams.Holder game;
  final TrainingParams.Holder training;
  final FullBatchParams.Holder fullBatch;

  GenerativeHolders(Params stage) {
    input = new InputParams.Holder(stage);
    generative = new GenerativeParams.Holder(stage);
    game = new GameParams.Holder(stage);
    training = new TrainingParams.Holder(stage);
    fullBatch = new FullBatchParams.Holder(stage);
  }

  void setDefaults(Params stage) {
    input.setDefaults(stage);
    generative.setDefaults(stage);
    game.setDefaults(stage);
    training.setDefaults(stage, TrainingSettings.DEFAULT);
    fullBatch.setDefaults(stage);
  }
}
