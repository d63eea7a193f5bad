package io.sparkae.core.objective;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.random.RandomStreams;

/**
 * Gibbs steps of a restricted Boltzmann machine over the rows of a minibatch, each step with sites
 * of its own for its draws. Allocates nothing after it is made.
 */
final class GibbsChain {
  static final int SITE = RandomStreams.FIRST_FREE + 1000;

  private final RbmNetwork network;
  private final float[] scaled;
  private final float[] hiddenSample;
  private final float[] visible;
  private final float[] hidden;

  GibbsChain(RbmNetwork network, int capacity) {
    this.network = network;
    this.scaled = new float[Math.multiplyExact(capacity, network.visible())];
    this.visible = new float[scaled.length];
    this.hidden = new float[Math.multiplyExact(capacity, network.hidden())];
    this.hiddenSample = new float[hidden.length];
  }

  /** v of the last step: drawn, or their means. */
  float[] visible() {
    return visible;
  }

  /** Means of the hidden units given {@link #visible()}. */
  float[] hidden() {
    return hidden;
  }

  /** {@link #visible()} divided by σ. */
  float[] scaledVisible() {
    return scaled;
  }

  /**
   * From means of the hidden units, k times: draws h, goes down to v and up again.
   *
   * @param firstHidden means of the hidden units, rows × hidden
   */
  void run(
      float[] parameters,
      float[] firstHidden,
      Minibatch minibatch,
      RandomStreams random,
      int epoch,
      int steps) {
    float[] means = firstHidden;
    for (int step = 0; step < steps; step++) {
      draw(
          network.settings().hiddenType(),
          random,
          SITE + 2 * step,
          epoch,
          minibatch,
          means,
          1f,
          hiddenSample,
          network.hidden());
      network.visibleMeans(parameters, hiddenSample, minibatch.rows(), visible);
      if (network.settings().sampleVisible()) {
        draw(
            network.settings().visibleType(),
            random,
            SITE + 2 * step + 1,
            epoch,
            minibatch,
            visible,
            (float) network.settings().visibleDeviation(),
            scaled,
            network.visible());
        System.arraycopy(scaled, 0, visible, 0, minibatch.rows() * network.visible());
      }
      network.scaleByDeviation(visible, minibatch.rows(), scaled);
      network.hiddenMeans(parameters, scaled, minibatch.rows(), hidden);
      means = hidden;
    }
  }

  /** One step without draws: v by the means of h, h by the means of v. */
  void runMeans(float[] parameters, float[] firstHidden, int rows) {
    network.visibleMeans(parameters, firstHidden, rows, visible);
    network.scaleByDeviation(visible, rows, scaled);
    network.hiddenMeans(parameters, scaled, rows, hidden);
  }

  private static void draw(
      RbmUnits units,
      RandomStreams random,
      int site,
      int epoch,
      Minibatch minibatch,
      float[] means,
      float deviation,
      float[] sample,
      int width) {
    for (int row = 0; row < minibatch.rows(); row++) {
      long index = minibatch.rowIndices()[row];
      units.sampleInto(random, site, epoch, index, means, deviation, sample, row * width, width);
    }
  }
}
