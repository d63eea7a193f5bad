package io.sparkae.ml;

/**
 * Setters of {@link RbmColumnParams}.
 *
 * @param <S> the stage that they return
 */
public interface RbmColumnSetters<S> extends RbmColumnParams {
  /**
   * Sets {@link #freeEnergyCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setFreeEnergyCol(String value) {
    return Setting.apply(this, freeEnergyCol(), value);
  }

  /**
   * Sets {@link #sampleCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setSampleCol(String value) {
    return Setting.apply(this, sampleCol(), value);
  }

  /**
   * Sets {@link #sampleSteps()}.
   *
   * @param value steps, at least 1
   * @return this
   */
  default S setSampleSteps(int value) {
    return Setting.apply(this, sampleSteps(), value);
  }
}
