package io.sparkae.ml;

/**
 * Setters of {@link RestorerParams}.
 *
 * @param <S> the stage that they return
 */
public interface RestorerSetters<S> extends RestorerParams, InputSetters<S> {
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
   * Sets {@link #codeCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setCodeCol(String value) {
    return Setting.apply(this, codeCol(), value);
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

  /**
   * Sets {@link #confidenceCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setConfidenceCol(String value) {
    return Setting.apply(this, confidenceCol(), value);
  }

  /**
   * Sets {@link #distrusted()}.
   *
   * @param value places of features, from 0
   * @return this
   */
  default S setDistrusted(int[] value) {
    return Setting.apply(this, distrusted(), value);
  }

  /**
   * Sets {@link #starts()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setStarts(int value) {
    return Setting.apply(this, starts(), value);
  }

  /**
   * Sets {@link #steps()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setSteps(int value) {
    return Setting.apply(this, steps(), value);
  }

  /**
   * Sets {@link #clean()}.
   *
   * @param value whether they are
   * @return this
   */
  default S setClean(boolean value) {
    return Setting.apply(this, clean(), value);
  }

  /**
   * Sets {@link #cleaningSteps()}.
   *
   * @param value at least 0; 0 to encode and decode
   * @return this
   */
  default S setCleaningSteps(int value) {
    return Setting.apply(this, cleaningSteps(), value);
  }

  /**
   * Sets {@link #stepSize()}.
   *
   * @param value positive
   * @return this
   */
  default S setStepSize(double value) {
    return Setting.apply(this, stepSize(), value);
  }

  /**
   * Sets {@link #priorWeight()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setPriorWeight(double value) {
    return Setting.apply(this, priorWeight(), value);
  }

  /**
   * Sets {@link #estimate()}.
   *
   * @param value mean or nearest
   * @return this
   */
  default S setEstimate(String value) {
    return Setting.apply(this, estimate(), value);
  }

  /**
   * Sets {@link #keepKnown()}.
   *
   * @param value whether they do
   * @return this
   */
  default S setKeepKnown(boolean value) {
    return Setting.apply(this, keepKnown(), value);
  }

  /**
   * Sets {@link #seed()}.
   *
   * @param value any number
   * @return this
   */
  default S setSeed(long value) {
    return Setting.apply(this, seed(), value);
  }
}
