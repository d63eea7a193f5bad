package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import java.util.List;

/**
 * The shape of an encoder of dense layers.
 *
 * @param widths of all layers, the code's last; empty for no layers: the code is the input
 * @param activation of all layers but the last
 * @param codeActivation of the last layer
 * @param kSparsity how many units of the code stay
 */
public record EncoderSettings(
    List<Integer> widths, Activation activation, Activation codeActivation, KSparsity kSparsity)
    implements Serializable {
  /** No layers. */
  public static final EncoderSettings NONE =
      new EncoderSettings(List.of(), Activation.LINEAR, Activation.LINEAR, KSparsity.NONE);

  /**
   * Copies the list.
   *
   * @param widths each at least 1
   * @param activation any
   * @param codeActivation any
   * @param kSparsity any
   */
  public EncoderSettings {
    widths = List.copyOf(widths);
  }

  /**
   * {@return the same with another number of units that stay}
   *
   * @param other how many units of the code stay
   */
  public EncoderSettings with(KSparsity other) {
    return new EncoderSettings(widths, activation, codeActivation, other);
  }

  /**
   * {@return width of the code}
   *
   * @param inputs width of the input
   */
  public int codeSize(int inputs) {
    return widths.isEmpty() ? inputs : widths.get(widths.size() - 1);
  }

  /**
   * {@return activation of a layer}
   *
   * @param layer number of the layer, from 0
   */
  public Activation activation(int layer) {
    return layer == widths.size() - 1 ? codeActivation : activation;
  }
}
