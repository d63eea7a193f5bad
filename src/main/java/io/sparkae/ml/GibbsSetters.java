package io.sparkae.ml;

/**
 * Setters of {@link GibbsParams}.
 *
 * @param <S> the stage that they return
 */
public interface GibbsSetters<S> extends GibbsParams {
  /**
   * Sets {@link #gibbsSteps()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setGibbsSteps(int value) {
    return Setting.apply(this, gibbsSteps(), value);
  }
}
