package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.List;

/**
 * Corrupts rows as training does, and leaves features out. Used by one thread at a time.
 *
 * <p>What is drawn is keyed by the minibatch's row indices.
 */
public final class Corruptor {
  private final double missing;
  private final Minibatch minibatch;
  private final Graph graph;
  private final Pass pass;
  private final Node corrupted;
  private final float[] draws;

  /**
   * A corruptor with buffers of its own.
   *
   * @param corruption how elements are corrupted
   * @param level of the corruption, as {@link Noise} has it
   * @param missing probability that a feature becomes NaN, in [0, 1]
   * @param width features of a row
   * @param capacity the most rows in a batch
   * @param seed of the draws
   */
  public Corruptor(
      Corruption corruption, double level, double missing, int width, int capacity, long seed) {
    Noise noise = new Noise(corruption, level, 0, 0, 0); // checks the level
    Check.that(missing >= 0 && missing <= 1, "missing", "in [0, 1]", missing);
    this.missing = missing;
    minibatch = new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, width)), capacity);
    graph = new Graph(minibatch);
    corrupted =
        noise.corruption().add(graph, graph.input(ColumnSpec.FEATURES), noise.corruptionLevel());
    pass = new Pass(minibatch, new RandomStreams(seed));
    draws = new float[width];
  }

  /** {@return where the rows go} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** Corrupts the rows that the minibatch holds. */
  public void run() {
    graph.forward(pass);
    int width = draws.length;
    for (int row = 0; row < minibatch.rows() && missing > 0; row++) {
      pass.random().uniform(Sites.MISSING, 0, minibatch.rowIndices()[row], draws, 0, width);
      for (int i = 0; i < width; i++) {
        if (draws[i] < missing) {
          corrupted.value()[row * width + i] = Float.NaN;
        }
      }
    }
  }

  /** {@return the corrupted rows of the last run, rows × features} */
  public float[] values() {
    return corrupted.value();
  }
}
