package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.Pass;
import java.util.List;

/**
 * The game of an adversarial autoencoder: encoder and decoder minimise the reconstruction's loss
 * plus λ·−log D(code), the discriminator −log D(z) − log(1 − D(code)) with z from the prior. Each
 * player's direction is the gradient of its own loss, over its own parameters. Source: Makhzani et
 * al. 2015.
 */
public final class AdversarialObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final AdversarialNetwork network;
  private final boolean sparse;

  /**
   * The objective of a network.
   *
   * @param network the players
   * @param sparse whether rows come as their non-zero elements
   */
  public AdversarialObjective(AdversarialNetwork network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
  }

  @Override
  public List<ColumnSpec> columns() {
    int width = network.autoencoder().inputs();
    return List.of(new ColumnSpec(ColumnSpec.FEATURES, width, sparse));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public List<LossSpec> losses() {
    return List.of(
        new LossSpec("reconstruction", WeightSpec.ROWS.name()),
        new LossSpec("adversarial", WeightSpec.ROWS.name()),
        new LossSpec("discriminator", WeightSpec.ROWS.name()));
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
    AutoencoderNetwork autoencoder = network.autoencoder();
    AutoencoderSettings settings = autoencoder.settings();
    int capacity = minibatch.capacity();
    Graph graph = new Graph(minibatch);
    Node code = autoencoder.encoder(graph, graph.input(ColumnSpec.FEATURES), settings.noise());
    Node judged = network.judge(graph, graph.add(new Branch(code)));
    LogitLoss adversarial =
        graph.add(LogitLoss.of(judged, 1, network.settings().adversarialWeight()));
    Loss reconstruction =
        graph.loss(
            settings.loss(),
            autoencoder.decoderForLoss(graph, code, settings.noise()),
            ColumnSpec.FEATURES);
    Node prior =
        graph.add(new PriorSample(capacity, settings.codeSize(), network.settings().prior()));
    LogitLoss real = graph.add(LogitLoss.of(network.discriminator(graph, prior), 1, 1));
    Node fakes = network.discriminator(graph, graph.add(new Detached(code)));
    LogitLoss fake = graph.add(LogitLoss.of(fakes, 0, 1));
    return new Game(graph, reconstruction, adversarial, real, fake);
  }

  private record Game(
      Graph graph, Loss reconstruction, LogitLoss adversarial, LogitLoss real, LogitLoss fake)
      implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      graph.forward(pass);
      graph.backward(pass, sums.directions()[0]);
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += reconstruction.sum();
      sums.losses()[1] += adversarial.sum();
      sums.losses()[2] += real.sum() + fake.sum();
    }

    /** The reconstruction alone: the players' other losses say nothing about the model. */
    @Override
    public void evaluate(Pass pass, Sums sums) {
      graph.forward(pass);
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += reconstruction.sum();
    }
  }
}
