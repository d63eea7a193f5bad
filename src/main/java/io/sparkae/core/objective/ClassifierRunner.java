package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.List;

/** A trained classifier at work on batches of rows. Used by one thread at a time. */
public final class ClassifierRunner {
  private final ClassifierSettings settings;
  private final Minibatch minibatch;
  private final Graph graph;
  private final Pass pass;
  private final Node logits;

  /**
   * Buffers for up to {@code capacity} rows.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param sparse whether rows come as their non-zero elements
   * @param capacity the most rows in a batch
   */
  public ClassifierRunner(
      ClassifierNetwork network, float[] parameters, boolean sparse, int capacity) {
    settings = network.settings();
    minibatch =
        new Minibatch(
            List.of(new ColumnSpec(ColumnSpec.FEATURES, network.inputs(), sparse)), capacity);
    graph = new Graph(minibatch);
    logits = network.logits(graph, graph.input(ColumnSpec.FEATURES), Noise.NONE);
    pass = new Pass(minibatch, new RandomStreams(0));
    pass.setTraining(false);
    pass.set(parameters, new double[0][], 0, 0);
  }

  /** {@return where the rows go} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** Runs the rows that the minibatch holds. */
  public void run() {
    graph.forward(pass);
  }

  /**
   * Puts the logits of a row in {@code target}: of one logistic unit its logit m as (−m, m), as
   * Spark's logistic regression does.
   *
   * @param row place of the row in the minibatch, from 0
   * @param target a number for each class
   */
  public void logits(int row, double[] target) {
    if (settings.binomial()) {
      target[1] = logits.value()[row];
      target[0] = -target[1];
      return;
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = logits.value()[row * target.length + i];
    }
  }

  /**
   * From a row's logits, as {@link #logits} gives them, to its probabilities, in place.
   *
   * @param values a number for each class
   */
  public void toProbabilities(double[] values) {
    if (settings.binomial()) {
      double logit = values[1];
      values[0] = 1 / (1 + StrictMath.exp(logit));
      values[1] = 1 / (1 + StrictMath.exp(-logit));
      return;
    }
    double largest = values[0];
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = StrictMath.exp(values[i] - largest);
      sum += values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
  }
}
