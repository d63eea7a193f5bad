package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * A restricted Boltzmann machine and how it is trained.
 *
 * @param hiddenUnits width of the hidden layer
 * @param visibleType kind of the visible units: bernoulli for features in [0, 1], gaussian for
 *     others
 * @param hiddenType kind of the hidden units; gaussian ones are linear with deviation 1
 * @param visibleDeviation σ of gaussian visible units, above 0; 1 suits standardised features
 * @param gibbsSteps k of CD-k, at least 1
 * @param sampleVisible whether the chain draws visible units, instead of using their means
 * @param weightDecay λ of λ/2·‖W‖², biases left out
 * @param sparsityWeight how strongly the mean activation of bernoulli hidden units is drawn to the
 *     target, at least 0
 * @param sparsityTarget ρ, in (0, 1)
 * @param sparsityDecay λ of the running mean activation q = λq + (1 − λ)·mean, in [0, 1)
 */
public record RbmSettings(
    int hiddenUnits,
    RbmUnits visibleType,
    RbmUnits hiddenType,
    double visibleDeviation,
    int gibbsSteps,
    boolean sampleVisible,
    double weightDecay,
    double sparsityWeight,
    double sparsityTarget,
    double sparsityDecay)
    implements Serializable {
  /** 32 bernoulli units over bernoulli features, by CD-1. */
  public static final RbmSettings DEFAULT =
      new RbmSettings(32, RbmUnits.BERNOULLI, RbmUnits.BERNOULLI, 1, 1, false, 0, 0, 0.05, 0.9);

  /**
   * Checks the ranges.
   *
   * @param hiddenUnits at least 1
   * @param visibleType any
   * @param hiddenType bernoulli where {@code sparsityWeight} is above 0
   * @param visibleDeviation finite, above 0; 1 of bernoulli units
   * @param gibbsSteps at least 1
   * @param sampleVisible either
   * @param weightDecay at least 0
   * @param sparsityWeight at least 0
   * @param sparsityTarget in (0, 1)
   * @param sparsityDecay in [0, 1)
   */
  public RbmSettings {
    Check.that(hiddenUnits >= 1, "hiddenUnits", "a whole number of at least 1", hiddenUnits);
    Check.that(
        visibleDeviation > 0 && Double.isFinite(visibleDeviation),
        "visibleDeviation",
        "a positive number",
        visibleDeviation);
    Check.that(
        visibleType == RbmUnits.GAUSSIAN || visibleDeviation == 1,
        "visibleDeviation",
        "1 when visibleType is bernoulli",
        visibleDeviation);
    Check.that(gibbsSteps >= 1, "gibbsSteps", "a whole number of at least 1", gibbsSteps);
    Penalties.checkWeight("weightDecay", weightDecay);
    Penalties.checkSparsity(sparsityWeight, sparsityTarget, sparsityDecay);
    Check.that(
        sparsityWeight == 0 || hiddenType == RbmUnits.BERNOULLI,
        "hiddenType",
        "bernoulli when sparsityWeight is above 0",
        Check.camelCase(hiddenType));
  }
}
