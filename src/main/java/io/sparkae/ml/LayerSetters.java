package io.sparkae.ml;

/**
 * Setters of {@link LayerParams}.
 *
 * @param <S> the stage that they return
 */
public interface LayerSetters<S> extends LayerParams {
  /**
   * Sets {@link #layerEpochs()}.
   *
   * @param value each at least 1
   * @return this
   */
  default S setLayerEpochs(int[] value) {
    return Setting.apply(this, layerEpochs(), value);
  }

  /**
   * Sets {@link #layerOptimizer()}.
   *
   * @param value name of a rule
   * @return this
   */
  default S setLayerOptimizer(String value) {
    return Setting.apply(this, layerOptimizer(), value);
  }

  /**
   * Sets {@link #layerStepSizes()}.
   *
   * @param value each above 0
   * @return this
   */
  default S setLayerStepSizes(double[] value) {
    return Setting.apply(this, layerStepSizes(), value);
  }

  /**
   * Sets {@link #layerMomentum()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setLayerMomentum(double value) {
    return Setting.apply(this, layerMomentum(), value);
  }

  /**
   * Sets {@link #layerWeightDecays()}.
   *
   * @param value each at least 0
   * @return this
   */
  default S setLayerWeightDecays(double[] value) {
    return Setting.apply(this, layerWeightDecays(), value);
  }

  /**
   * Sets {@link #layerSparsityWeights()}.
   *
   * @param value each at least 0
   * @return this
   */
  default S setLayerSparsityWeights(double[] value) {
    return Setting.apply(this, layerSparsityWeights(), value);
  }

  /**
   * Sets {@link #fineTune()}.
   *
   * @param value either
   * @return this
   */
  default S setFineTune(boolean value) {
    return Setting.apply(this, fineTune(), value);
  }
}
