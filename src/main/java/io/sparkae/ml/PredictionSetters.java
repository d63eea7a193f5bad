package io.sparkae.ml;

/**
 * Setters of {@link PredictionParams}.
 *
 * @param <S> the stage that they return
 */
public interface PredictionSetters<S> extends PredictionParams {
  /**
   * Sets {@link #labelCol()}.
   *
   * @param value name of a column of numbers
   * @return this
   */
  default S setLabelCol(String value) {
    return Setting.apply(this, labelCol(), value);
  }

  /**
   * Sets {@link #predictionCol()}.
   *
   * @param value name of a new column, or empty
   * @return this
   */
  default S setPredictionCol(String value) {
    return Setting.apply(this, predictionCol(), value);
  }

  /**
   * Sets {@link #probabilityCol()}.
   *
   * @param value name of a new column, or empty
   * @return this
   */
  default S setProbabilityCol(String value) {
    return Setting.apply(this, probabilityCol(), value);
  }

  /**
   * Sets {@link #rawPredictionCol()}.
   *
   * @param value name of a new column, or empty
   * @return this
   */
  default S setRawPredictionCol(String value) {
    return Setting.apply(this, rawPredictionCol(), value);
  }
}
