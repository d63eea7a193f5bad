package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.List;

/**
 * A trained player of a generative adversarial network at work on batches. Used by one thread at a
 * time.
 */
public final class GenerativeRunner {
  /** A player's layers in a graph. */
  @FunctionalInterface
  private interface Player {
    Node add(Graph graph, Node input);
  }

  private final Minibatch minibatch;
  private final Graph graph;
  private final Node output;
  private final Pass pass;

  private GenerativeRunner(int inputs, Player player, float[] parameters, int capacity) {
    minibatch = new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, inputs)), capacity);
    graph = new Graph(minibatch);
    output = player.add(graph, graph.input(ColumnSpec.FEATURES));
    pass = new Pass(minibatch, new RandomStreams(0));
    pass.setTraining(false);
    pass.set(parameters, new double[0][], 0, 0);
  }

  /**
   * From codes (the column {@link ColumnSpec#FEATURES} of the minibatch) to rows.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most codes in a batch
   * @return a runner with buffers of its own
   */
  public static GenerativeRunner generator(
      GenerativeNetwork network, float[] parameters, int capacity) {
    int codeSize = network.settings().codeSize();
    return new GenerativeRunner(codeSize, network::generator, parameters, capacity);
  }

  /**
   * From rows to the logits that they are of the data.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most rows in a batch
   * @return a runner with buffers of its own
   */
  public static GenerativeRunner discriminator(
      GenerativeNetwork network, float[] parameters, int capacity) {
    return new GenerativeRunner(network.features(), network::discriminator, parameters, capacity);
  }

  /** {@return where the codes or rows go} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** Runs what the minibatch holds. */
  public void run() {
    graph.forward(pass);
  }

  /** {@return rows × features, or rows × 1 logit, of the last run, row-major} */
  public float[] values() {
    return output.value();
  }
}
