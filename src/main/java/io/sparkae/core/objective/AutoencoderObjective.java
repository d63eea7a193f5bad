package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.graph.WeightDecay;
import java.util.List;

/** Mean over rows of L(x̂, x), plus λ/2·‖W‖²: the plain, deep and tied autoencoder. */
public final class AutoencoderObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final AutoencoderNetwork network;
  private final boolean sparse;

  /**
   * The objective of a network.
   *
   * @param network layers and loss
   * @param sparse whether rows come as their non-zero elements
   */
  public AutoencoderObjective(AutoencoderNetwork network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
  }

  @Override
  public List<ColumnSpec> columns() {
    return List.of(new ColumnSpec(ColumnSpec.FEATURES, network.inputs(), sparse));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public List<LossSpec> losses() {
    LossSpec reconstruction = new LossSpec("reconstruction", WeightSpec.ROWS.name());
    return decays()
        ? List.of(reconstruction, new LossSpec("weightDecay", WeightSpec.ROWS.name()))
        : List.of(reconstruction);
  }

  @Override
  public boolean isExactGradient() {
    return true;
  }

  private boolean decays() {
    return network.settings().weightDecay() > 0;
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    Graph graph = new Graph(minibatch);
    Node code = network.encoder(graph, graph.input(ColumnSpec.FEATURES));
    Loss loss =
        graph.loss(
            network.settings().loss(), network.decoderForLoss(graph, code), ColumnSpec.FEATURES);
    WeightDecay decay =
        decays() ? graph.weightDecay(network.weights(), network.settings().weightDecay()) : null;
    return new GraphWorkspace(graph, loss, decay);
  }

  private record GraphWorkspace(Graph graph, Loss loss, WeightDecay decay) implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      graph.forward(pass);
      graph.backward(pass, sums.directions()[0]);
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += loss.sum();
      if (decay != null) {
        sums.losses()[1] += decay.sum();
      }
    }

    @Override
    public void evaluate(Pass pass, Sums sums) {
      graph.forward(pass);
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += loss.sum();
    }
  }
}
