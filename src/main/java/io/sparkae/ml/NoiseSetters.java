package io.sparkae.ml;

/**
 * Setters of {@link NoiseParams}.
 *
 * @param <S> the stage that they return
 */
public interface NoiseSetters<S> extends NoiseParams {
  /** Sets {@link #corruption()}. */
  default S setCorruption(String value) {
    return Setting.apply(this, corruption(), value);
  }

  /** Sets {@link #corruptionLevel()}. */
  default S setCorruptionLevel(double value) {
    return Setting.apply(this, corruptionLevel(), value);
  }

  /** Sets {@link #inputDropout()}. */
  default S setInputDropout(double value) {
    return Setting.apply(this, inputDropout(), value);
  }

  /** Sets {@link #hiddenDropout()}. */
  default S setHiddenDropout(double value) {
    return Setting.apply(this, hiddenDropout(), value);
  }

  /** Sets {@link #codeDropout()}. */
  default S setCodeDropout(double value) {
    return Setting.apply(this, codeDropout(), value);
  }
}
