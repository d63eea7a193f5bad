package io.sparkae.ml;

/**
 * Setters of {@link ValidationParams}.
 *
 * @param <S> the stage that they return
 */
public interface ValidationSetters<S> extends ValidationParams {
  /**
   * Sets {@link #validationFraction()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setValidationFraction(double value) {
    return Setting.apply(this, validationFraction(), value);
  }

  /**
   * Sets {@link #validationIndicatorCol()}.
   *
   * @param value name of a column of booleans
   * @return this
   */
  default S setValidationIndicatorCol(String value) {
    return Setting.apply(this, validationIndicatorCol(), value);
  }

  /**
   * Sets {@link #patience()}.
   *
   * @param value epochs, at least 0; 0 for never
   * @return this
   */
  default S setPatience(int value) {
    return Setting.apply(this, patience(), value);
  }

  /**
   * Sets {@link #validationTol()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setValidationTol(double value) {
    return Setting.apply(this, validationTol(), value);
  }
}
