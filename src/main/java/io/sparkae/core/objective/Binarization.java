package io.sparkae.core.objective;

import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;

/** How features in [0, 1] become the zeros and ones that a bernoulli decoder is about. */
public enum Binarization {
  /** They stay as they are. */
  NONE,
  /** 1 from ½ on, else 0. */
  THRESHOLD,
  /**
   * 1 with the feature's own value as the probability, drawn anew in each epoch of training; else
   * the draws of the first. Source: Salakhutdinov and Murray 2008.
   */
  STOCHASTIC;

  /** The binary rows, behind the features. */
  Node add(Graph graph, Node features) {
    return this == NONE
        ? features
        : graph.add(new Binarise(graph.minibatch().capacity(), features, this == STOCHASTIC));
  }
}
