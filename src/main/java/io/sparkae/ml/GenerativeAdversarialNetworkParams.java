package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.GenerativeSettings;
import java.util.Arrays;

/**
 * The Params that {@link GenerativeAdversarialNetwork} and {@link
 * GenerativeAdversarialNetworkModel} share.
 */
public interface GenerativeAdversarialNetworkParams
    extends InputParams, GenerativeParams, GameParams {
  /** {@return where all the Params are kept} */
  GenerativeHolders holders();

  @Override
  default InputParams.Holder inputParams() {
    return holders().input;
  }

  @Override
  default GenerativeParams.Holder generativeParams() {
    return holders().generative;
  }

  @Override
  default GameParams.Holder gameParams() {
    return holders().game;
  }

  @Override
  default TrainingParams.Holder trainingParams() {
    return holders().training;
  }

  @Override
  default FullBatchParams.Holder fullBatchParams() {
    return holders().fullBatch;
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  default GenerativeSettings generativeSettings() {
    return new GenerativeSettings(
        getCodeSize(),
        Arrays.stream(getGeneratorLayers()).boxed().toList(),
        Check.choice(Activation.class, "activation", getActivation()),
        Check.choice(Activation.class, "outputActivation", getOutputActivation()),
        discriminatorSettings(),
        getGeneratorLoss().equals("saturating"),
        getLabelSmoothing());
  }
}
