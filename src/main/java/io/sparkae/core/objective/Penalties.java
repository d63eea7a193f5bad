package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import java.io.Serializable;

/**
 * What is added to the reconstruction loss, each with a weight of its own; a weight of 0 leaves it
 * out. Weights count once; terms of the code are the mean over rows of a sum over units.
 *
 * @param weightDecay λ of λ/2·‖W‖², biases left out
 * @param weightL1 λ of λ·‖W‖₁, biases left out
 * @param codeL1 λ of λ·Σⱼ|hⱼ|
 * @param codeL2 λ of λ/2·Σⱼhⱼ²
 * @param codeEntropy λ of λ·entropy of the code
 * @param sparsityWeight β of β·Σⱼ KL(ρ‖ρ̂ⱼ), ρ̂ⱼ the mean activation of unit j
 * @param sparsityTarget ρ, in (0, 1)
 * @param sparsityDecay λ of the running mean activation ρ̃ = λρ̃ + (1 − λ)ρ̂, in [0, 1)
 * @param contraction λ of λ·‖∂h/∂x‖²
 */
public record Penalties(
    double weightDecay,
    double weightL1,
    double codeL1,
    double codeL2,
    double codeEntropy,
    double sparsityWeight,
    double sparsityTarget,
    double sparsityDecay,
    double contraction)
    implements Serializable {
  /** None; a sparsity of 0.05 and a decay of 0.9 once it has a weight. */
  public static final Penalties NONE = new Penalties(0, 0, 0, 0, 0, 0, 0.05, 0.9, 0);

  /**
   * Checks the ranges.
   *
   * @param weightDecay finite, at least 0
   * @param weightL1 finite, at least 0
   * @param codeL1 finite, at least 0
   * @param codeL2 finite, at least 0
   * @param codeEntropy finite, at least 0
   * @param sparsityWeight finite, at least 0
   * @param sparsityTarget between 0 and 1
   * @param sparsityDecay in [0, 1)
   * @param contraction finite, at least 0
   */
  public Penalties {
    checkWeight("weightDecay", weightDecay);
    checkWeight("weightL1", weightL1);
    checkWeight("codeL1", codeL1);
    checkWeight("codeL2", codeL2);
    checkWeight("codeEntropy", codeEntropy);
    checkSparsity(sparsityWeight, sparsityTarget, sparsityDecay);
    checkWeight("contraction", contraction);
  }

  /** Checks the ranges of a sparsity of mean activations, of whatever model. */
  static void checkSparsity(double weight, double target, double decay) {
    checkWeight("sparsityWeight", weight);
    Check.that(target > 0 && target < 1, "sparsityTarget", "between 0 and 1", target);
    Check.that(decay >= 0 && decay < 1, "sparsityDecay", "in [0, 1)", decay);
  }

  static void checkWeight(String name, double weight) {
    Check.that(weight >= 0 && Double.isFinite(weight), name, "at least 0", weight);
  }

  /**
   * Refuses penalties on a code whose units are not of a kind that has them.
   *
   * @param units activation of the code
   * @param activationName name of the setting of that activation
   * @param sparsityName name of the setting of the sparsity's weight
   * @param contractionName name of the setting of the contraction
   * @throws IllegalArgumentException naming both settings
   */
  public void requireSuited(
      Activation units, String activationName, String sparsityName, String contractionName) {
    Check.that(
        sparsityWeight == 0 || units == Activation.SIGMOID || units == Activation.TANH,
        activationName,
        "sigmoid or tanh when " + sparsityName + " is above 0",
        Check.camelCase(units));
    Check.that(
        contraction == 0 || JacobianNorm.allows(units),
        activationName,
        "sigmoid, tanh, relu or linear when " + contractionName + " is above 0",
        Check.camelCase(units));
  }

  /**
   * {@return none but the weight decay}
   *
   * @param weightDecay λ of λ/2·‖W‖², at least 0
   */
  public static Penalties decay(double weightDecay) {
    return new Penalties(weightDecay, 0, 0, 0, 0, 0, NONE.sparsityTarget, NONE.sparsityDecay, 0);
  }
}
