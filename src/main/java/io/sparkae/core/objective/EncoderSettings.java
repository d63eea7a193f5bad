package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
  /**
   * {@return the shape of layers of some widths; empty for no layers}
   *
   * @param widths of all layers, the code's last
   * @param activation of all but the last
   * @param codeActivation of the last
   * @param kSparsity how many units of the last stay
   */
  public static Optional<EncoderSettings> of(
      int[] widths, Activation activation, Activation codeActivation, KSparsity kSparsity) {
    int last = widths.length - 1;
    return last < 0
        ? Optional.empty()
        : Optional.of(
            new EncoderSettings(
                Arrays.stream(widths, 0, last).boxed().toList(),
                widths[last],
                activation,
                codeActivation,
                kSparsity));
  }

  /**
   * {@return the same with another number of units that stay}
   *
   * @param other how many units of the code stay
   */
  public EncoderSettings with(KSparsity other) {
    return new EncoderSettings(hiddenLayers, codeSize, activation, codeActivation, other);
  }

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
