package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** x̃ = x + N(0, σ²). */
final class GaussianNoise extends DenseNoise {
  private final float deviation;

  GaussianNoise(int capacity, Node input, double deviation) {
    super(capacity, input);
    this.deviation = (float) deviation;
  }

  @Override
  void corrupt(Pass pass, long row, float[] x, float[] corrupted, int at) {
    pass.random().normal(Corruption.SITE, pass.epoch(), row, corrupted, at, width());
    for (int i = at; i < at + width(); i++) {
      corrupted[i] = Math.fma(deviation, corrupted[i], x[i]);
    }
  }
}
