package io.sparkae.ml;

/**
 * Setters of {@link ColumnParams}.
 *
 * @param <S> the stage that they return
 */
public interface ColumnSetters<S> extends ColumnParams, InputSetters<S> {
  /**
   * Sets {@link #outputCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setOutputCol(String value) {
    return Setting.apply(this, outputCol(), value);
  }

  /**
   * Sets {@link #reconstructionCol()}.
   *
   * @param value name of a column
   * @return this
   */
  default S setReconstructionCol(String value) {
    return Setting.apply(this, reconstructionCol(), value);
  }

  /**
   * Sets {@link #errorCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setErrorCol(String value) {
    return Setting.apply(this, errorCol(), value);
  }
}
