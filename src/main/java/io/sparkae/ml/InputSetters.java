package io.sparkae.ml;

/**
 * Setters of {@link InputParams}.
 *
 * @param <S> the stage that they return
 */
public interface InputSetters<S> extends InputParams {
  /**
   * Sets {@link #featuresCol()}.
   *
   * @param value name of a column of vectors or arrays
   * @return this
   */
  default S setFeaturesCol(String value) {
    return Setting.apply(this, featuresCol(), value);
  }

  /**
   * Sets {@link #inputCols()}.
   *
   * @param value names of columns of numbers
   * @return this
   */
  default S setInputCols(String[] value) {
    return Setting.apply(this, inputCols(), value);
  }

  /**
   * Sets {@link #handleInvalid()}.
   *
   * @param value error or skip
   * @return this
   */
  default S setHandleInvalid(String value) {
    return Setting.apply(this, handleInvalid(), value);
  }
}
