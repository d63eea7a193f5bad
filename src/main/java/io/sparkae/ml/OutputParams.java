package io.sparkae.ml;

import java.util.List;

/** Params that say which columns a model makes and how: of use where it is used, not trained. */
public final class OutputParams {
  /** Their names, of all models. */
  public static final List<String> NAMES =
      List.of(
          "outputCol",
          "reconstructionCol",
          "errorCol",
          "freeEnergyCol",
          "sampleCol",
          "sampleSteps",
          "logVarianceCol",
          "codeSampleCol",
          "elboCol",
          "logLikelihoodCol",
          "likelihoodSamples",
          "discriminatorCol",
          "rawPredictionCol",
          "probabilityCol",
          "predictionCol");

  private OutputParams() {}
}
