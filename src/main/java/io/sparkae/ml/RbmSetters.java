package io.sparkae.ml;

/**
 * Setters of {@link RbmParams}.
 *
 * @param <S> the stage that they return
 */
public interface RbmSetters<S> extends RbmParams {
  /**
   * Sets {@link #hiddenUnits()}.
   *
   * @param value width, at least 1
   * @return this
   */
  default S setHiddenUnits(int value) {
    return Setting.apply(this, hiddenUnits(), value);
  }

  /**
   * Sets {@link #visibleType()}.
   *
   * @param value name of a kind of unit
   * @return this
   */
  default S setVisibleType(String value) {
    return Setting.apply(this, visibleType(), value);
  }

  /**
   * Sets {@link #hiddenType()}.
   *
   * @param value name of a kind of unit
   * @return this
   */
  default S setHiddenType(String value) {
    return Setting.apply(this, hiddenType(), value);
  }

  /**
   * Sets {@link #visibleDeviation()}.
   *
   * @param value σ, above 0
   * @return this
   */
  default S setVisibleDeviation(double value) {
    return Setting.apply(this, visibleDeviation(), value);
  }

  /**
   * Sets {@link #gibbsSteps()}.
   *
   * @param value k, at least 1
   * @return this
   */
  default S setGibbsSteps(int value) {
    return Setting.apply(this, gibbsSteps(), value);
  }

  /**
   * Sets {@link #sampleVisible()}.
   *
   * @param value whether they are drawn
   * @return this
   */
  default S setSampleVisible(boolean value) {
    return Setting.apply(this, sampleVisible(), value);
  }

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
   * Sets {@link #sparsityWeight()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setSparsityWeight(double value) {
    return Setting.apply(this, sparsityWeight(), value);
  }

  /**
   * Sets {@link #sparsityTarget()}.
   *
   * @param value in (0, 1)
   * @return this
   */
  default S setSparsityTarget(double value) {
    return Setting.apply(this, sparsityTarget(), value);
  }

  /**
   * Sets {@link #sparsityDecay()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setSparsityDecay(double value) {
    return Setting.apply(this, sparsityDecay(), value);
  }
}
