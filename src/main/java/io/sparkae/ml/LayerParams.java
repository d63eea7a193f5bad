package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * How each layer of a deep net is trained before the whole; what is an array has one value for all
 * layers, or one for each.
 */
public interface LayerParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntArrayParam layerEpochs;
    private final Param<String> layerOptimizer;
    private final DoubleArrayParam layerStepSizes;
    private final DoubleParam layerMomentum;
    private final DoubleArrayParam layerWeightDecays;
    private final DoubleArrayParam layerSparsityWeights;
    private final BooleanParam fineTune;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      layerEpochs =
          make.widths(
              "layerEpochs",
              "passes over the rows for each layer, or iterations of a layerOptimizer on all rows; one"
                  + " for all or one for each; if left out as many as for the whole net");
      layerOptimizer =
          make.optimizer(
              "layerOptimizer",
              "rule by which layers are trained; if left out adam, of machines momentum");
      layerStepSizes =
          make.numbers(
              "layerStepSizes",
              "step sizes for the layers; one for all or one for each; if left out 0.001, of"
                  + " machines without gaussian units by sgd, momentum or nesterov 0.05");
      layerMomentum =
          make.fraction("layerMomentum", "of all layers, where they have momentum or nesterov");
      layerWeightDecays =
          make.numbers(
              "layerWeightDecays",
              "lambda of lambda/2 times the sum of squared weights, for the layers; one for all or one for each");
      layerSparsityWeights =
          make.numbers(
              "layerSparsityWeights",
              "how strongly the mean activations of the layers are drawn to sparsityTarget; one for all or one for each");
      fineTune =
          make.flag("fineTune", "whether the whole net is trained after its layers (true, false)");
    }

    void setDefaults(Params parent) {
      parent.setDefault(layerSparsityWeights, new double[] {0});
      parent.setDefault(fineTune, true);
    }
  }

  /** {@return where the Params are kept} */
  Holder layerParams();

  /**
   * {@return passes over the rows for each layer, or iterations at most of a {@link
   * #layerOptimizer()} that takes all rows in each step; if left out {@code epochs}, or {@code
   * maxIter}}
   */
  default IntArrayParam layerEpochs() {
    return layerParams().layerEpochs;
  }

  /** {@return rule by which layers are trained; if left out adam, of machines momentum} */
  default Param<String> layerOptimizer() {
    return layerParams().layerOptimizer;
  }

  /**
   * {@return step sizes for the layers, each above 0; if left out 0.001, of machines without
   * gaussian units by sgd, momentum or nesterov 0.05}
   */
  default DoubleArrayParam layerStepSizes() {
    return layerParams().layerStepSizes;
  }

  /**
   * {@return momentum of all layers, where they have momentum or nesterov, in [0, 1); default 0.9,
   * of machines 0.5}
   */
  default DoubleParam layerMomentum() {
    return layerParams().layerMomentum;
  }

  /** {@return λ of λ/2·‖W‖² for the layers} */
  default DoubleArrayParam layerWeightDecays() {
    return layerParams().layerWeightDecays;
  }

  /**
   * {@return how strongly the mean activations of the layers are drawn to {@code sparsityTarget};
   * default 0}
   */
  default DoubleArrayParam layerSparsityWeights() {
    return layerParams().layerSparsityWeights;
  }

  /** {@return whether the whole net is trained after its layers; default true} */
  default BooleanParam fineTune() {
    return layerParams().fineTune;
  }

  /** {@return passes over the rows for each layer, null if they are those of the whole net} */
  default int[] getLayerEpochs() {
    return isDefined(layerEpochs()) ? getOrDefault(layerEpochs()) : null;
  }

  /** {@return rule by which layers are trained, null for what suits them} */
  default String getLayerOptimizer() {
    return isDefined(layerOptimizer()) ? getOrDefault(layerOptimizer()) : null;
  }

  /** {@return step sizes for the layers, null if they are those of the rule} */
  default double[] getLayerStepSizes() {
    return isDefined(layerStepSizes()) ? getOrDefault(layerStepSizes()) : null;
  }

  /** {@return momentum of the layers} */
  default double getLayerMomentum() {
    return (double) getOrDefault(layerMomentum());
  }

  /** {@return weight decay of the layers} */
  default double[] getLayerWeightDecays() {
    return getOrDefault(layerWeightDecays());
  }

  /** {@return how strongly mean activations are drawn to the target} */
  default double[] getLayerSparsityWeights() {
    return getOrDefault(layerSparsityWeights());
  }

  /** {@return whether the whole net is trained after its layers} */
  default boolean getFineTune() {
    return (boolean) getOrDefault(fineTune());
  }
}
