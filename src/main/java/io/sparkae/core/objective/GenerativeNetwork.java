package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a generative adversarial network: from a code to a row, and from a row to the logit
 * that it is of the data. Of features in [0, 1], which a sigmoid makes, the discriminator reads 2x
 * − 1: it wins at once otherwise. Source: Goodfellow et al. 2014.
 */
public final class GenerativeNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final GenerativeSettings settings;
  private final int features;
  private final ParameterLayout layout = new ParameterLayout();
  private final DenseLayers generator;
  private final Discriminator discriminator;
  private final int players;

  /**
   * The layers for rows of {@code features} features.
   *
   * @param features of a row, at least 1
   * @param settings shapes
   */
  public GenerativeNetwork(int features, GenerativeSettings settings) {
    this.settings = settings;
    this.features = features;
    List<Integer> widths = new ArrayList<>(settings.generatorLayers());
    widths.add(features);
    generator = new DenseLayers("generator", settings.codeSize(), widths, layout);
    players = layout.size();
    discriminator = new Discriminator(features, settings.discriminator(), layout);
  }

  /** {@return shapes} */
  public GenerativeSettings settings() {
    return settings;
  }

  /** {@return features of a row} */
  public int features() {
    return features;
  }

  /** {@return the parameters of both players} */
  public ParameterLayout layout() {
    return layout;
  }

  /** {@return the players: {@code generator} and {@code discriminator}} */
  List<ParameterGroup> groups() {
    return List.of(
        new ParameterGroup("generator", 0, players),
        new ParameterGroup("discriminator", players, layout.size()));
  }

  /** Adds the generator; the node is rows × features. */
  Node generator(Graph graph, Node codes) {
    return generator.add(graph, codes, settings.generatorActivation(), settings.outputActivation());
  }

  /** Rows as the discriminator reads them: features in [0, 1] as 2x − 1. */
  private Node seen(Graph graph, Node rows) {
    return settings.outputActivation() == Activation.SIGMOID
        ? graph.add(new Centred(graph.minibatch().capacity(), rows))
        : rows;
  }

  /** Adds the trained discriminator; the node is rows × 1 logit. */
  Node discriminator(Graph graph, Node rows) {
    return discriminator.add(graph, seen(graph, rows));
  }

  /**
   * Adds the discriminator as its own player sees it; the node is rows × 1 logit.
   *
   * @param site where its dropout draws
   */
  Node discriminator(Graph graph, Node rows, int site) {
    return discriminator.add(graph, seen(graph, rows), site);
  }

  /** Adds the discriminator as the other player sees it, which cannot move it. */
  Node judge(Graph graph, Node rows) {
    return discriminator.addFixed(graph, seen(graph, rows));
  }
}
