package io.sparkae.ml;

/**
 * Setters of {@link HeadParams}.
 *
 * @param <S> the stage that they return
 */
public interface HeadSetters<S> extends HeadParams {
  /**
   * Sets {@link #encoder()}.
   *
   * @param value path of a saved model
   * @return this
   */
  default S setEncoder(String value) {
    return Setting.apply(this, encoder(), value);
  }

  /**
   * Sets {@link #headEpochs()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setHeadEpochs(int value) {
    return Setting.apply(this, headEpochs(), value);
  }

  /**
   * Sets {@link #headStepSize()}.
   *
   * @param value above 0
   * @return this
   */
  default S setHeadStepSize(double value) {
    return Setting.apply(this, headStepSize(), value);
  }

  /**
   * Sets {@link #fineTune()}.
   *
   * @param value either
   * @return this
   */
  default S setFineTune(boolean value) {
    return Setting.apply(this, fineTune(), value);
  }
}
