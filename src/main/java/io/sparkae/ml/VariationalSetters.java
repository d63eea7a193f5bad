package io.sparkae.ml;

/**
 * Setters of {@link VariationalParams}.
 *
 * @param <S> the stage that they return
 */
public interface VariationalSetters<S> extends VariationalParams {
  /**
   * Sets {@link #hiddenLayers()}.
   *
   * @param value widths, each at least 1; may be empty
   * @return this
   */
  default S setHiddenLayers(int[] value) {
    return Setting.apply(this, hiddenLayers(), value);
  }

  /**
   * Sets {@link #decoderLayers()}.
   *
   * @param value widths, each at least 1; may be empty
   * @return this
   */
  default S setDecoderLayers(int[] value) {
    return Setting.apply(this, decoderLayers(), value);
  }

  /**
   * Sets {@link #codeSize()}.
   *
   * @param value width, at least 1
   * @return this
   */
  default S setCodeSize(int value) {
    return Setting.apply(this, codeSize(), value);
  }

  /**
   * Sets {@link #activation()}.
   *
   * @param value name of an activation
   * @return this
   */
  default S setActivation(String value) {
    return Setting.apply(this, activation(), value);
  }

  /**
   * Sets {@link #likelihood()}.
   *
   * @param value bernoulli or gaussian
   * @return this
   */
  default S setLikelihood(String value) {
    return Setting.apply(this, likelihood(), value);
  }

  /**
   * Sets {@link #likelihoodDeviation()}.
   *
   * @param value a positive number
   * @return this
   */
  default S setLikelihoodDeviation(double value) {
    return Setting.apply(this, likelihoodDeviation(), value);
  }

  /**
   * Sets {@link #binarization()}.
   *
   * @param value none, threshold or stochastic
   * @return this
   */
  default S setBinarization(String value) {
    return Setting.apply(this, binarization(), value);
  }

  /**
   * Sets {@link #beta()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setBeta(double value) {
    return Setting.apply(this, beta(), value);
  }

  /**
   * Sets {@link #betaWarmupEpochs()}.
   *
   * @param value at least 0
   * @return this
   */
  default S setBetaWarmupEpochs(int value) {
    return Setting.apply(this, betaWarmupEpochs(), value);
  }

  /**
   * Sets {@link #importanceSamples()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setImportanceSamples(int value) {
    return Setting.apply(this, importanceSamples(), value);
  }
}
