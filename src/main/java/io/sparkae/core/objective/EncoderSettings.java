package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of an encoder of dense layers.
 *
 * @param hiddenLayers widths between input and code; empty for one layer
 * @param codeSize width of the code
 * @param activation of the hidden layers
 * @param codeActivation of the code
 * @param kSparsity how many units of the code stay
 */
public record EncoderSettings(
    List<Integer> hiddenLayers,
    int codeSize,
    Activation activation,
    Activation codeActivation,
    KSparsity kSparsity)
    implements Serializable {
  /** {@return widths of all layers, the code's last} */
  public List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(hiddenLayers);
    widths.add(codeSize);
    return widths;
  }

  /**
   * {@return activation of a layer}
   *
   * @param layer number of the layer, from 0
   */
  public Activation activation(int layer) {
    return layer == hiddenLayers.size() ? codeActivation : activation;
  }
}
