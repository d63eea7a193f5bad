package io.sparkae.core.objective;

import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.io.Serializable;
import java.util.List;

/**
 * The layers from the input to the code, h = f(x·W + b) as many times as there are layers; of none,
 * the code is the input.
 */
public final class DenseEncoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int INPUT_SITE = Corruption.SITE + 1;

  /** Where the code's own dropout draws. */
  static final int CODE_SITE = Corruption.SITE + 2;

  /** Of the first hidden layer; the others follow along the chain. */
  static final int HIDDEN_SITE = Corruption.SITE + 16;

  private final EncoderSettings settings;
  private final DenseLayers layers;

  /**
   * Adds the layers' parameters to a layout, as {@code encoder.0.weight} (in × out), {@code
   * encoder.0.bias} and so on.
   *
   * @param inputs features of a row, at least 1
   * @param settings shape
   * @param layout gets the slices
   */
  DenseEncoder(int inputs, EncoderSettings settings, ParameterLayout layout) {
    this.settings = settings;
    this.layers = new DenseLayers("encoder", inputs, settings.widths(), layout);
  }

  /** {@return number of layers} */
  public int layers() {
    return layers.count();
  }

  /**
   * {@return width of a layer's output; of the input for 0, of the code for the last}
   *
   * @param layer from 0 to {@link #layers()}
   */
  public int width(int layer) {
    return layers.width(layer);
  }

  /**
   * {@return W of a layer, in × out}
   *
   * @param layer number of the layer, from 0
   */
  public ParameterSlice weight(int layer) {
    return layers.weight(layer);
  }

  /**
   * {@return b of a layer, 1 × out}
   *
   * @param layer number of the layer, from 0
   */
  public ParameterSlice bias(int layer) {
    return layers.bias(layer);
  }

  /** {@return the weight matrices, the first layer's first} */
  List<ParameterSlice> weights() {
    return layers.weights();
  }

  /** Adds the layers, with the noise that belongs before the code; the node is the code. */
  Node add(Graph graph, Node input, Noise noise) {
    Node node = noise.corruption().add(graph, input, noise.corruptionLevel());
    node = dropout(graph, node, noise.inputDropout(), INPUT_SITE);
    for (int i = 0; i < layers(); i++) {
      node = layers.add(graph, node, i, settings.activation(i));
      if (i < layers() - 1) {
        node = dropout(graph, node, noise.hiddenDropout(), HIDDEN_SITE + i);
      }
    }
    return settings.kSparsity().isActive()
        ? graph.add(new KSparse(graph.minibatch().capacity(), node, settings.kSparsity()))
        : node;
  }

  /** The node with some of its elements dropped; the node itself for a probability of 0. */
  static Node dropout(Graph graph, Node node, double probability, int site) {
    return probability > 0 ? Mask.dropout(graph, node, probability, site) : node;
  }
}
