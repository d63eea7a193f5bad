package io.sparkae.core.objective;

import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;
import io.sparkae.core.random.RandomStreams;

/**
 * How a row x is corrupted to x̃ before it is encoded, each element by itself. Source: Vincent et
 * al. 2008 and 2010.
 */
public enum Corruption {
  /** x̃ = x. */
  NONE,
  /** x̃ = x + N(0, σ²), σ the level. */
  GAUSSIAN,
  /** x̃ = 0 with the probability of the level, x otherwise; sparse rows stay sparse. */
  MASKING,
  /** x̃ = 0 or 1, by a fair coin, with the probability of the level, x otherwise. */
  SALT_AND_PEPPER;

  static final int SITE = RandomStreams.FIRST_FREE;

  /** The corrupted input, behind the input. */
  Node add(Graph graph, Node input, double level) {
    return switch (this) {
      case NONE -> input;
      case MASKING -> Mask.masking(graph, input, level, SITE);
      case GAUSSIAN -> graph.add(new GaussianNoise(graph.minibatch().capacity(), input, level));
      case SALT_AND_PEPPER ->
          graph.add(new SaltAndPepper(graph.minibatch().capacity(), input, level));
    };
  }
}
