package io.sparkae.ml;

/**
 * Setters of {@link AdversarialParams}.
 *
 * @param <S> the stage that they return
 */
public interface AdversarialSetters<S> extends AdversarialParams {
  /**
   * Sets {@link #prior()}.
   *
   * @param value name of a distribution
   * @return this
   */
  default S setPrior(String value) {
    return Setting.apply(this, prior(), value);
  }

  /**
   * Sets {@link #priorSamples()}.
   *
   * @param value path of a Parquet table with one column of vectors
   * @return this
   */
  default S setPriorSamples(String value) {
    return Setting.apply(this, priorSamples(), value);
  }

  /**
   * Sets {@link #adversarialWeight()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setAdversarialWeight(double value) {
    return Setting.apply(this, adversarialWeight(), value);
  }

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
   * Sets {@link #numClasses()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setNumClasses(int value) {
    return Setting.apply(this, numClasses(), value);
  }
}
