package io.sparkae.ml;

/**
 * Setters of {@link RbmParams}.
 *
 * @param <S> the stage that they return
 */
public interface RbmSetters<S> extends RbmParams {
  /** Sets {@link #hiddenUnits()}. */
  default S setHiddenUnits(int value) {
    return Setting.apply(this, hiddenUnits(), value);
  }

  /** Sets {@link #visibleType()}. */
  default S setVisibleType(String value) {
    return Setting.apply(this, visibleType(), value);
  }

  /** Sets {@link #hiddenType()}. */
  default S setHiddenType(String value) {
    return Setting.apply(this, hiddenType(), value);
  }

  /** Sets {@link #visibleDeviation()}. */
  default S setVisibleDeviation(double value) {
    return Setting.apply(this, visibleDeviation(), value);
  }

  /** Sets {@link #gibbsSteps()}. */
  default S setGibbsSteps(int value) {
    return Setting.apply(this, gibbsSteps(), value);
  }

  /** Sets {@link #sampleVisible()}. */
  default S setSampleVisible(boolean value) {
    return Setting.apply(this, sampleVisible(), value);
  }

  /** Sets {@link #weightDecay()}. */
  default S setWeightDecay(double value) {
    return Setting.apply(this, weightDecay(), value);
  }

  /** Sets {@link #sparsityWeight()}. */
  default S setSparsityWeight(double value) {
    return Setting.apply(this, sparsityWeight(), value);
  }

  /** Sets {@link #sparsityTarget()}. */
  default S setSparsityTarget(double value) {
    return Setting.apply(this, sparsityTarget(), value);
  }

  /** Sets {@link #sparsityDecay()}. */
  default S setSparsityDecay(double value) {
    return Setting.apply(this, sparsityDecay(), value);
  }
}
