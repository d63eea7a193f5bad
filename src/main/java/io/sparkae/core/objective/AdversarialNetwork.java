package io.sparkae.core.objective;

import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import java.io.Serializable;
import java.util.List;

/**
 * The layers of an adversarial autoencoder: those of an autoencoder, and a discriminator from codes
 * to one logit, that the code is from the prior. Source: Makhzani et al. 2015.
 */
public final class AdversarialNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AdversarialSettings settings;
  private final AutoencoderNetwork autoencoder;
  private final Discriminator discriminator;
  private final int players;

  /**
   * The layers for rows of {@code inputs} features; the autoencoder's slices come first.
   *
   * @param inputs features of a row, at least 1
   * @param settings shapes and prior
   */
  public AdversarialNetwork(int inputs, AdversarialSettings settings) {
    this.settings = settings;
    ParameterLayout layout = new ParameterLayout();
    autoencoder = new AutoencoderNetwork(inputs, settings.autoencoder(), layout);
    players = layout.size();
    discriminator =
        new Discriminator(discriminatorInputs(settings), settings.discriminator(), layout);
  }

  private static int discriminatorInputs(AdversarialSettings settings) {
    int told = settings.classes() > 0 ? settings.classes() + 1 : 0;
    return settings.autoencoder().codeSize() + told;
  }

  /** {@return shapes and prior} */
  public AdversarialSettings settings() {
    return settings;
  }

  /** {@return encoder and decoder} */
  public AutoencoderNetwork autoencoder() {
    return autoencoder;
  }

  /** {@return the parameters of all players} */
  public ParameterLayout layout() {
    return autoencoder.layout();
  }

  /** {@return the players: {@code autoencoder} and {@code discriminator}} */
  List<ParameterGroup> groups() {
    return List.of(
        new ParameterGroup("autoencoder", 0, players),
        new ParameterGroup("discriminator", players, layout().size()));
  }

  /**
   * Adds the discriminator as its own player sees it; the node is rows × 1 logit.
   *
   * @param site where its dropout draws
   */
  Node discriminator(Graph graph, Node codes, int site) {
    return discriminator.add(graph, withClasses(graph, codes), site);
  }

  /** Adds the discriminator as the other player sees it, which cannot move it. */
  Node judge(Graph graph, Node codes) {
    return discriminator.addFixed(graph, withClasses(graph, codes));
  }

  /** The classes of the minibatch's rows; null if they have none. */
  float[] labels(Graph graph) {
    return settings.classes() > 0
        ? graph.minibatch().column(ClassifierObjective.LABEL).values()
        : null;
  }

  private Node withClasses(Graph graph, Node codes) {
    return settings.classes() > 0
        ? graph.add(
            new WithClass(graph.minibatch().capacity(), codes, labels(graph), settings.classes()))
        : codes;
  }
}
