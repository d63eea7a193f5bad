package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape and the loss of an autoencoder, with its options, which go together in any combination
 * that is not refused here.
 *
 * @param hiddenLayers widths between input and code, mirrored in the decoder; empty for one layer
 * @param codeSize width of the code
 * @param activation of the hidden layers
 * @param codeActivation of the code
 * @param outputActivation of the reconstruction; crossEntropy needs sigmoid
 * @param loss between reconstruction and input, sum over features
 * @param tiedWeights whether each decoder weight is its encoder weight transposed
 * @param penalties what is added to the loss
 * @param noise what training draws at random
 * @param kSparsity how many units of the code stay
 */
public record AutoencoderSettings(
    List<Integer> hiddenLayers,
    int codeSize,
    Activation activation,
    Activation codeActivation,
    Activation outputActivation,
    LossKind loss,
    boolean tiedWeights,
    Penalties penalties,
    Noise noise,
    KSparsity kSparsity)
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
   * @param penalties those that the other settings allow: a sparsity needs codes of sigmoid or
   *     tanh, a contraction no hidden layers
   * @param noise without dropout of hidden layers where there are none
   * @param kSparsity at most {@code codeSize} units
   */
  public AutoencoderSettings {
    hiddenLayers = List.copyOf(hiddenLayers);
    for (int width : hiddenLayers) {
      Check.that(width >= 1, "hiddenLayers", "whole numbers of at least 1", hiddenLayers);
    }
    Check.that(codeSize >= 1, "codeSize", "a whole number of at least 1", codeSize);
    Check.that(
        loss != LossKind.CROSS_ENTROPY || outputActivation == Activation.SIGMOID,
        "outputActivation",
        "sigmoid when loss is crossEntropy",
        Check.camelCase(outputActivation));
    penalties.requireSuited(codeActivation, "codeActivation", "sparsityWeight", "contraction");
    if (penalties.contraction() > 0) {
      checkContraction(hiddenLayers, kSparsity);
    }
    checkKSparsity(kSparsity, codeSize);
    Check.that(
        noise.hiddenDropout() == 0 || !hiddenLayers.isEmpty(),
        "hiddenDropout",
        "0 when hiddenLayers is empty (codeDropout and inputDropout are of the other layers)",
        noise.hiddenDropout());
  }

  /**
   * Without noise, and with no penalty but the weight decay.
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
  public AutoencoderSettings(
      List<Integer> hiddenLayers,
      int codeSize,
      Activation activation,
      Activation codeActivation,
      Activation outputActivation,
      LossKind loss,
      boolean tiedWeights,
      double weightDecay) {
    this(
        hiddenLayers,
        codeSize,
        activation,
        codeActivation,
        outputActivation,
        loss,
        tiedWeights,
        Penalties.decay(weightDecay),
        Noise.NONE,
        KSparsity.NONE);
  }

  private static void checkContraction(List<Integer> hiddenLayers, KSparsity kSparsity) {
    Check.that(
        hiddenLayers.isEmpty(),
        "hiddenLayers",
        "empty when contraction is above 0 (deeper encoders get it layer by layer in a stack)",
        hiddenLayers);
    Check.that(!kSparsity.isActive(), "kSparse", "0 when contraction is above 0", kSparsity.k());
  }

  private static void checkKSparsity(KSparsity kSparsity, int codeSize) {
    int most = Math.max(kSparsity.k(), kSparsity.start());
    Check.that(
        most <= codeSize,
        kSparsity.isScheduled() ? "kSparseStart" : "kSparse",
        "at most codeSize, which is " + codeSize,
        most);
  }

  /** {@return the shape of the encoder} */
  public EncoderSettings encoder() {
    List<Integer> widths = new ArrayList<>(hiddenLayers);
    widths.add(codeSize);
    return new EncoderSettings(widths, activation, codeActivation, kSparsity);
  }

  /**
   * {@return the same with other penalties}
   *
   * @param other what is added to the loss
   */
  public AutoencoderSettings with(Penalties other) {
    return new AutoencoderSettings(
        hiddenLayers,
        codeSize,
        activation,
        codeActivation,
        outputActivation,
        loss,
        tiedWeights,
        other,
        noise,
        kSparsity);
  }

  /**
   * {@return the same with the sums that the code's units take as the code, and without what is
   * made of them}
   */
  public AutoencoderSettings ofSums() {
    return new AutoencoderSettings(
        hiddenLayers,
        codeSize,
        activation,
        Activation.LINEAR,
        outputActivation,
        loss,
        tiedWeights,
        Penalties.NONE,
        noise,
        KSparsity.NONE);
  }

  /**
   * {@return the same with other noise}
   *
   * @param other what training draws at random
   */
  public AutoencoderSettings with(Noise other) {
    return new AutoencoderSettings(
        hiddenLayers,
        codeSize,
        activation,
        codeActivation,
        outputActivation,
        loss,
        tiedWeights,
        penalties,
        other,
        kSparsity);
  }

  /**
   * {@return the same with another number of units that stay}
   *
   * @param other how many units of the code stay
   */
  public AutoencoderSettings with(KSparsity other) {
    return new AutoencoderSettings(
        hiddenLayers,
        codeSize,
        activation,
        codeActivation,
        outputActivation,
        loss,
        tiedWeights,
        penalties,
        noise,
        other);
  }
}
