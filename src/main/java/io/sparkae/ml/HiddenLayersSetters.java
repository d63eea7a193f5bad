package io.sparkae.ml;

/**
 * Setters of {@link HiddenLayersParams}.
 *
 * @param <S> the stage that they return
 */
public interface HiddenLayersSetters<S> extends HiddenLayersParams {
  /**
   * Sets {@link #hiddenLayers()}.
   *
   * @param value each at least 1
   * @return this
   */
  default S setHiddenLayers(int[] value) {
    return Setting.apply(this, hiddenLayers(), value);
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
}
