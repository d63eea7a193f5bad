package io.sparkae.ml;

/**
 * Setters of {@link PenaltyParams}.
 *
 * @param <S> the stage that they return
 */
public interface PenaltySetters<S> extends PenaltyParams {
  /**
   * Sets {@link #weightDecay()}.
   *
   * @param value λ, at least 0
   * @return this
   */
  default S setWeightDecay(double value) {
    return Setting.apply(this, weightDecay(), value);
  }

  /**
   * Sets {@link #weightL1()}.
   *
   * @param value λ, at least 0
   * @return this
   */
  default S setWeightL1(double value) {
    return Setting.apply(this, weightL1(), value);
  }

  /**
   * Sets {@link #codeL1()}.
   *
   * @param value λ, at least 0
   * @return this
   */
  default S setCodeL1(double value) {
    return Setting.apply(this, codeL1(), value);
  }

  /**
   * Sets {@link #codeL2()}.
   *
   * @param value λ, at least 0
   * @return this
   */
  default S setCodeL2(double value) {
    return Setting.apply(this, codeL2(), value);
  }

  /**
   * Sets {@link #codeEntropy()}.
   *
   * @param value λ, at least 0
   * @return this
   */
  default S setCodeEntropy(double value) {
    return Setting.apply(this, codeEntropy(), value);
  }

  /**
   * Sets {@link #sparsityWeight()}.
   *
   * @param value β, at least 0
   * @return this
   */
  default S setSparsityWeight(double value) {
    return Setting.apply(this, sparsityWeight(), value);
  }

  /**
   * Sets {@link #sparsityTarget()}.
   *
   * @param value ρ, in (0, 1)
   * @return this
   */
  default S setSparsityTarget(double value) {
    return Setting.apply(this, sparsityTarget(), value);
  }

  /**
   * Sets {@link #sparsityDecay()}.
   *
   * @param value λ, in [0, 1)
   * @return this
   */
  default S setSparsityDecay(double value) {
    return Setting.apply(this, sparsityDecay(), value);
  }

  /**
   * Sets {@link #contraction()}.
   *
   * @param value λ, at least 0
   * @return this
   */
  default S setContraction(double value) {
    return Setting.apply(this, contraction(), value);
  }
}
