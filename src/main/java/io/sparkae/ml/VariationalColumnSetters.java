package io.sparkae.ml;

/**
 * Setters of {@link VariationalColumnParams}.
 *
 * @param <S> the stage that they return
 */
public interface VariationalColumnSetters<S> extends VariationalColumnParams {
  /**
   * Sets {@link #logVarianceCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setLogVarianceCol(String value) {
    return Setting.apply(this, logVarianceCol(), value);
  }

  /**
   * Sets {@link #codeSampleCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setCodeSampleCol(String value) {
    return Setting.apply(this, codeSampleCol(), value);
  }

  /**
   * Sets {@link #elboCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setElboCol(String value) {
    return Setting.apply(this, elboCol(), value);
  }

  /**
   * Sets {@link #logLikelihoodCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setLogLikelihoodCol(String value) {
    return Setting.apply(this, logLikelihoodCol(), value);
  }

  /**
   * Sets {@link #likelihoodSamples()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setLikelihoodSamples(int value) {
    return Setting.apply(this, likelihoodSamples(), value);
  }
}
