package io.sparkae.ml;

/**
 * Setters of {@link StackParams}.
 *
 * @param <S> the stage that they return
 */
public interface StackSetters<S> extends StackParams {
  /**
   * Sets {@link #layerCorruption()}.
   *
   * @param value none, gaussian, masking or saltAndPepper
   * @return this
   */
  default S setLayerCorruption(String value) {
    return Setting.apply(this, layerCorruption(), value);
  }

  /**
   * Sets {@link #layerCorruptionLevels()}.
   *
   * @param value each at least 0
   * @return this
   */
  default S setLayerCorruptionLevels(double[] value) {
    return Setting.apply(this, layerCorruptionLevels(), value);
  }

  /**
   * Sets {@link #layerContractions()}.
   *
   * @param value each at least 0
   * @return this
   */
  default S setLayerContractions(double[] value) {
    return Setting.apply(this, layerContractions(), value);
  }
}
