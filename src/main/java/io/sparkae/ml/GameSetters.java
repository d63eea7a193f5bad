package io.sparkae.ml;

/**
 * Setters of {@link GameParams}.
 *
 * @param <S> the stage that they return
 */
public interface GameSetters<S> extends GameParams {
  /**
   * Sets {@link #discriminatorLayers()}.
   *
   * @param value widths, each at least 1; may be empty
   * @return this
   */
  default S setDiscriminatorLayers(int[] value) {
    return Setting.apply(this, discriminatorLayers(), value);
  }

  /**
   * Sets {@link #discriminatorActivation()}.
   *
   * @param value name of an activation
   * @return this
   */
  default S setDiscriminatorActivation(String value) {
    return Setting.apply(this, discriminatorActivation(), value);
  }

  /**
   * Sets {@link #discriminatorDropout()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setDiscriminatorDropout(double value) {
    return Setting.apply(this, discriminatorDropout(), value);
  }

  /**
   * Sets {@link #discriminatorOptimizer()}.
   *
   * @param value sgd, momentum, nesterov, adagrad, adam or lazyAdam
   * @return this
   */
  default S setDiscriminatorOptimizer(String value) {
    return Setting.apply(this, discriminatorOptimizer(), value);
  }

  /**
   * Sets {@link #discriminatorStepSize()}.
   *
   * @param value positive
   * @return this
   */
  default S setDiscriminatorStepSize(Double value) {
    return Setting.apply(this, discriminatorStepSize(), value);
  }
}
