package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The layers of a discriminator, in a graph as its own player or another one sees them. */
final class Discriminator implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DiscriminatorSettings settings;
  private final DenseLayers layers;

  /**
   * Adds the layers' parameters to a layout.
   *
   * @param inputs width of what is judged
   */
  Discriminator(int inputs, DiscriminatorSettings settings, ParameterLayout layout) {
    this.settings = settings;
    List<Integer> widths = new ArrayList<>(settings.layers());
    widths.add(1);
    layers = new DenseLayers("discriminator", inputs, widths, layout);
  }

  /** Adds them as they are trained already; the node is rows × 1 logit. */
  Node add(Graph graph, Node judged) {
    return layers.add(graph, judged, settings.activation(), Activation.LINEAR);
  }

  /**
   * Adds them as their own player sees them.
   *
   * @param site where the dropout draws
   */
  Node add(Graph graph, Node judged, int site) {
    return layers.add(
        graph, judged, settings.activation(), Activation.LINEAR, settings.dropout(), site);
  }

  /** Adds them as another player sees them, who cannot move them. */
  Node addFixed(Graph graph, Node judged) {
    return layers.addFixed(
        graph,
        judged,
        settings.activation(),
        Activation.LINEAR,
        settings.dropout(),
        Sites.JUDGE_DROPOUT);
  }
}
