package io.sparkae.ml;

/**
 * Setters of {@link NoiseParams}.
 *
 * @param <S> the stage that they return
 */
public interface NoiseSetters<S> extends NoiseParams {
  /**
   * Sets {@link #corruption()}.
   *
   * @param value name of a kind
   * @return this
   */
  default S setCorruption(String value) {
    return Setting.apply(this, corruption(), value);
  }

  /**
   * Sets {@link #corruptionLevel()}.
   *
   * @param value at least 0; of a probability at most 1
   * @return this
   */
  default S setCorruptionLevel(double value) {
    return Setting.apply(this, corruptionLevel(), value);
  }

  /**
   * Sets {@link #inputDropout()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setInputDropout(double value) {
    return Setting.apply(this, inputDropout(), value);
  }

  /**
   * Sets {@link #hiddenDropout()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setHiddenDropout(double value) {
    return Setting.apply(this, hiddenDropout(), value);
  }

  /**
   * Sets {@link #codeDropout()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setCodeDropout(double value) {
    return Setting.apply(this, codeDropout(), value);
  }
}
