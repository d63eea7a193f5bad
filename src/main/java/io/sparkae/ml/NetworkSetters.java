package io.sparkae.ml;

/**
 * Setters of {@link NetworkParams}.
 *
 * @param <S> the stage that they return
 */
public interface NetworkSetters<S>
    extends NetworkParams, PenaltySetters<S>, NoiseSetters<S>, KSparsitySetters<S> {
  /**
   * Sets {@link #hiddenLayers()}.
   *
   * @param value widths, each at least 1; none for one layer
   * @return this
   */
  default S setHiddenLayers(int[] value) {
    return Setting.apply(this, hiddenLayers(), value);
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
   * Sets {@link #codeActivation()}.
   *
   * @param value name of an activation
   * @return this
   */
  default S setCodeActivation(String value) {
    return Setting.apply(this, codeActivation(), value);
  }

  /**
   * Sets {@link #outputActivation()}.
   *
   * @param value name of an activation; sigmoid for the loss crossEntropy
   * @return this
   */
  default S setOutputActivation(String value) {
    return Setting.apply(this, outputActivation(), value);
  }

  /**
   * Sets {@link #loss()}.
   *
   * @param value name of a loss
   * @return this
   */
  default S setLoss(String value) {
    return Setting.apply(this, loss(), value);
  }

  /**
   * Sets {@link #tiedWeights()}.
   *
   * @param value whether they are tied
   * @return this
   */
  default S setTiedWeights(boolean value) {
    return Setting.apply(this, tiedWeights(), value);
  }
}
