package io.sparkae.ml;

/**
 * Setters of {@link GenerativeParams}.
 *
 * @param <S> the stage that they return
 */
public interface GenerativeSetters<S> extends GenerativeParams {
  /**
   * Sets {@link #codeSize()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setCodeSize(int value) {
    return Setting.apply(this, codeSize(), value);
  }

  /**
   * Sets {@link #generatorLayers()}.
   *
   * @param value widths, each at least 1; may be empty
   * @return this
   */
  default S setGeneratorLayers(int[] value) {
    return Setting.apply(this, generatorLayers(), value);
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
   * Sets {@link #outputActivation()}.
   *
   * @param value name of an activation
   * @return this
   */
  default S setOutputActivation(String value) {
    return Setting.apply(this, outputActivation(), value);
  }

  /**
   * Sets {@link #generatorLoss()}.
   *
   * @param value nonSaturating or saturating
   * @return this
   */
  default S setGeneratorLoss(String value) {
    return Setting.apply(this, generatorLoss(), value);
  }

  /**
   * Sets {@link #labelSmoothing()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setLabelSmoothing(double value) {
    return Setting.apply(this, labelSmoothing(), value);
  }

  /**
   * Sets {@link #discriminatorCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  default S setDiscriminatorCol(String value) {
    return Setting.apply(this, discriminatorCol(), value);
  }
}
