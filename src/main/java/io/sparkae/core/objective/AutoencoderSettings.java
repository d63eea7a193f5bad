package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import java.io.Serializable;
import java.util.List;

/**
 * The shape and the loss of an autoencoder.
 *
 * @param hiddenLayers widths between input and code, mirrored in the decoder; empty for one layer
 * @param codeSize width of the code
 * @param activation of the hidden layers
 * @param codeActivation of the code
 * @param outputActivation of the reconstruction; crossEntropy needs sigmoid
 * @param loss between reconstruction and input, sum over features
 * @param tiedWeights whether each decoder weight is its encoder weight transposed
 * @param weightDecay λ of λ/2·‖W‖², biases left out, at least 0
 */
public record AutoencoderSettings(
    List<Integer> hiddenLayers,
    int codeSize,
    Activation activation,
    Activation codeActivation,
    Activation outputActivation,
    LossKind loss,
    boolean tiedWeights,
    double weightDecay)
    implements Serializable {
  /** One linear code of 32 units with a linear decoder and squared error. */
  public static final AutoencoderSettings DEFAULT =
      new AutoencoderSettings(
          List.of(),
          32,
          Activation.RELU,
          Activation.LINEAR,
          Activation.LINEAR,
          LossKind.SQUARED_ERROR,
          false,
          0);

  /**
   * Checks the ranges.
   *
   * @param hiddenLayers each at least 1
   * @param codeSize at least 1
   * @param activation any
   * @param codeActivation any
   * @param outputActivation sigmoid where the loss is crossEntropy
   * @param loss any
   * @param tiedWeights either
   * @param weightDecay finite, at least 0
   */
  public AutoencoderSettings {
    hiddenLayers = List.copyOf(hiddenLayers);
    for (int width : hiddenLayers) {
      Check.that(width >= 1, "hiddenLayers", "whole numbers of at least 1", hiddenLayers);
    }
    Check.that(codeSize >= 1, "codeSize", "a whole number of at least 1", codeSize);
    Check.that(
        weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", "at least 0", weightDecay);
    Check.that(
        loss != LossKind.CROSS_ENTROPY || outputActivation == Activation.SIGMOID,
        "outputActivation",
        "sigmoid when loss is crossEntropy",
        Check.camelCase(outputActivation));
  }
}
