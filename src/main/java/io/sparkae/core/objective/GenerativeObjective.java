package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.Pass;
import java.util.List;

/**
 * The game of a generative adversarial network: the generator minimises −log D(G(z)), or log(1 −
 * D(G(z))), with z from N(0, I); the discriminator −log D(x) − log(1 − D(G(z))). Each player's
 * direction is the gradient of its own loss, over its own parameters. Source: Goodfellow et al.
 * 2014.
 */
public final class GenerativeObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final GenerativeNetwork network;
  private final boolean sparse;

  /**
   * The objective of a network.
   *
   * @param network the players
   * @param sparse whether rows come as their non-zero elements
   */
  public GenerativeObjective(GenerativeNetwork network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
  }

  @Override
  public List<ColumnSpec> columns() {
    return List.of(new ColumnSpec(ColumnSpec.FEATURES, network.features(), sparse));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public List<LossSpec> losses() {
    return List.of(
        new LossSpec("generator", WeightSpec.ROWS.name()),
        LossSpec.opponent("discriminator", WeightSpec.ROWS.name()));
  }

  @Override
  public List<ParameterGroup> groups() {
    return network.groups();
  }

  @Override
  public boolean isExactGradient() {
    return false;
  }

  @Override
  public String inexactBecause() {
    return "its players minimise losses of their own, with codes that are drawn at random";
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    GenerativeSettings settings = network.settings();
    int capacity = minibatch.capacity();
    Graph graph = new Graph(minibatch);
    Node real = graph.input(ColumnSpec.FEATURES);
    LogitLoss realLoss =
        graph.add(
            LogitLoss.of(
                network.discriminator(graph, real, Sites.REAL_DROPOUT),
                1 - settings.labelSmoothing(),
                1));
    Node codes =
        graph.add(new PriorSample(capacity, settings.codeSize(), StandardPrior.GAUSSIAN, null, 0));
    Node generated = network.generator(graph, codes);
    Node judged = network.judge(graph, generated);
    LogitLoss generatorLoss =
        graph.add(
            settings.saturating() ? LogitLoss.saturating(judged, 1) : LogitLoss.of(judged, 1, 1));
    Node fakes =
        network.discriminator(graph, graph.add(new Detached(generated)), Sites.FAKE_DROPOUT);
    LogitLoss fakeLoss = graph.add(LogitLoss.of(fakes, 0, 1));
    return new Game(graph, generatorLoss, realLoss, fakeLoss);
  }

  private record Game(Graph graph, LogitLoss generator, LogitLoss real, LogitLoss fake)
      implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      graph.forward(pass);
      graph.backward(pass, sums.direction(0));
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += generator.sum();
      sums.losses()[1] += real.sum() + fake.sum();
    }
  }
}
