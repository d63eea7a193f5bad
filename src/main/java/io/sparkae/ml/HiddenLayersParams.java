package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The layers of a classifier below its head. */
public interface HiddenLayersParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntArrayParam hiddenLayers;
    private final Param<String> activation;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      hiddenLayers =
          make.widths(
              "hiddenLayers", "widths of the layers between features and head; may be empty");
      activation = make.choice("activation", "of the hidden layers", Activation.class);
    }

    void setDefaults(Params parent) {
      parent.setDefault(hiddenLayers, new int[0]);
      parent.setDefault(activation, Check.camelCase(Activation.RELU));
    }
  }

  /** {@return where the Params are kept} */
  Holder hiddenLayersParams();

  /**
   * {@return widths of the layers between features and head; default none, for a linear classifier}
   */
  default IntArrayParam hiddenLayers() {
    return hiddenLayersParams().hiddenLayers;
  }

  /** {@return activation of the hidden layers; default relu} */
  default Param<String> activation() {
    return hiddenLayersParams().activation;
  }

  /** {@return widths of the layers between features and head} */
  default int[] getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /** {@return activation of the hidden layers} */
  default String getActivation() {
    return getOrDefault(activation());
  }
}
