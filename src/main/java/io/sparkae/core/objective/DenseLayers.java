package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.io.Serializable;
import java.util.List;

/** The parameters of dense layers in a row, y = f(x·W + b) each. */
final class DenseLayers implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] widths;
  private final ParameterSlice[] weights;
  private final ParameterSlice[] biases;

  /**
   * Adds the layers' parameters to a layout, as {@code prefix.0.weight} (in × out), {@code
   * prefix.0.bias} and so on.
   *
   * @param prefix what the slices' names begin with
   * @param inputs width of the first layer's input, at least 1
   * @param outputs width of each layer's output; may be empty
   * @param layout gets the slices
   */
  DenseLayers(String prefix, int inputs, List<Integer> outputs, ParameterLayout layout) {
    int count = outputs.size();
    widths = new int[count + 1];
    widths[0] = inputs;
    weights = new ParameterSlice[count];
    biases = new ParameterSlice[count];
    for (int i = 0; i < count; i++) {
      widths[i + 1] = outputs.get(i);
      String name = prefix + "." + i;
      weights[i] = layout.add(name + ".weight", widths[i], widths[i + 1], Initializer.XAVIER);
      biases[i] = layout.add(name + ".bias", 1, widths[i + 1], Initializer.ZERO);
    }
  }

  /** Number of layers. */
  int count() {
    return weights.length;
  }

  /** Width of a layer's output; of the input for 0, of the last output for {@link #count()}. */
  int width(int layer) {
    return widths[layer];
  }

  /** W of a layer, in × out. */
  ParameterSlice weight(int layer) {
    return weights[layer];
  }

  /** b of a layer, 1 × out. */
  ParameterSlice bias(int layer) {
    return biases[layer];
  }

  /** The weight matrices, the first layer's first. */
  List<ParameterSlice> weights() {
    return List.of(weights);
  }

  /** Adds one layer behind a node. */
  Node add(Graph graph, Node input, int layer, Activation activation) {
    return graph.affine(input, weights[layer], false, biases[layer], activation);
  }

  /** Adds all layers behind a node: the last with an activation of its own. */
  Node add(Graph graph, Node input, Activation hidden, Activation last) {
    return add(graph, input, hidden, last, 0, 0);
  }

  /**
   * The same with dropout of the hidden units.
   *
   * @param dropout probability to drop a unit
   * @param site where the first layer's dropout draws; the others follow
   */
  Node add(Graph graph, Node input, Activation hidden, Activation last, double dropout, int site) {
    return chain(graph, input, hidden, last, dropout, site, true);
  }

  /** Adds all layers behind a node, which sends gradients on but does not train them. */
  Node addFixed(Graph graph, Node input, Activation hidden, Activation last) {
    return addFixed(graph, input, hidden, last, 0, 0);
  }

  /** The same with dropout of the hidden units. */
  Node addFixed(
      Graph graph, Node input, Activation hidden, Activation last, double dropout, int site) {
    return chain(graph, input, hidden, last, dropout, site, false);
  }

  private Node chain(
      Graph graph,
      Node input,
      Activation hidden,
      Activation last,
      double dropout,
      int site,
      boolean trained) {
    Node node = input;
    for (int i = 0; i < weights.length; i++) {
      boolean isLast = i == weights.length - 1;
      Activation activation = isLast ? last : hidden;
      node =
          trained
              ? add(graph, node, i, activation)
              : graph.fixedAffine(node, weights[i], false, biases[i], activation);
      node = isLast ? node : DenseEncoder.dropout(graph, node, dropout, site + i);
    }
    return node;
  }
}
