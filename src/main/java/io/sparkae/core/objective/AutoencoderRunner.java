package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.List;

/** A trained autoencoder at work on batches of rows. Used by one thread at a time. */
public final class AutoencoderRunner {
  private final Minibatch minibatch;
  private final Graph graph;
  private final Pass pass;
  private final Node code;
  private final Node reconstruction;

  private AutoencoderRunner(
      Minibatch minibatch, Graph graph, Node code, Node reconstruction, float[] parameters) {
    this.minibatch = minibatch;
    this.graph = graph;
    this.code = code;
    this.reconstruction = reconstruction;
    this.pass = new Pass(minibatch, new RandomStreams(0));
    pass.setTraining(false);
    pass.set(parameters, new double[0][], 0, 0);
  }

  /**
   * From features to codes, and on to reconstructions if asked.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param sparse whether rows come as their non-zero elements
   * @param capacity the most rows in a batch
   * @param reconstruct whether {@link #reconstructions()} are wanted
   * @return a runner with buffers of its own
   */
  public static AutoencoderRunner encoder(
      AutoencoderNetwork network,
      float[] parameters,
      boolean sparse,
      int capacity,
      boolean reconstruct) {
    Minibatch minibatch =
        new Minibatch(
            List.of(new ColumnSpec(ColumnSpec.FEATURES, network.inputs(), sparse)), capacity);
    Graph graph = new Graph(minibatch);
    Node code = network.encoder(graph, graph.input(ColumnSpec.FEATURES));
    Node reconstruction = reconstruct ? network.decoder(graph, code) : null;
    return new AutoencoderRunner(minibatch, graph, code, reconstruction, parameters);
  }

  /**
   * From codes (the column {@link ColumnSpec#FEATURES} of the minibatch) to reconstructions.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most codes in a batch
   * @return a runner with buffers of its own
   */
  public static AutoencoderRunner decoder(
      AutoencoderNetwork network, float[] parameters, int capacity) {
    Minibatch minibatch =
        new Minibatch(
            List.of(ColumnSpec.dense(ColumnSpec.FEATURES, network.settings().codeSize())),
            capacity);
    Graph graph = new Graph(minibatch);
    Node code = graph.input(ColumnSpec.FEATURES);
    return new AutoencoderRunner(minibatch, graph, code, network.decoder(graph, code), parameters);
  }

  /** {@return where the rows go} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** Runs the rows that the minibatch holds. */
  public void run() {
    graph.forward(pass);
  }

  /** {@return the codes of the last run, rows × code size, row-major} */
  public float[] codes() {
    return code.value();
  }

  /** {@return the reconstructions of the last run, rows × features, row-major} */
  public float[] reconstructions() {
    return reconstruction.value();
  }
}
