package io.sparkae.ml;

/**
 * Setters of {@link ClassifierTrainingParams}.
 *
 * @param <S> the stage that they return
 */
public interface ClassifierTrainingSetters<S> extends ClassifierTrainingParams {
  /**
   * Sets {@link #weightDecay()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setWeightDecay(double value) {
    return Setting.apply(this, weightDecay(), value);
  }

  /**
   * Sets {@link #validationMetric()}.
   *
   * @param value error or loss
   * @return this
   */
  default S setValidationMetric(String value) {
    return Setting.apply(this, validationMetric(), value);
  }
}
