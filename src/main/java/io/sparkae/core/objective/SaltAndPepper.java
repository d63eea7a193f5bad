package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** x̃ = 0 or 1 with probability p/2 each, x otherwise. */
final class SaltAndPepper extends DenseNoise {
  private final float probability;

  SaltAndPepper(int capacity, Node input, double probability) {
    super(capacity, input);
    this.probability = (float) probability;
  }

  @Override
  void corrupt(Pass pass, long row, float[] x, float[] corrupted, int at) {
    pass.random().uniform(Corruption.SITE, pass.epoch(), row, corrupted, at, width());
    for (int i = at; i < at + width(); i++) {
      float draw = corrupted[i];
      float noise = draw < probability / 2 ? 0 : 1;
      corrupted[i] = draw < probability ? noise : x[i];
    }
  }
}
