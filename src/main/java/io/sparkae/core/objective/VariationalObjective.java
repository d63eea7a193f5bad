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
 * Mean over rows of what bounds −log p(x) from above: −E log p(x|z) + β·KL(q(z|x)‖p(z)) with one
 * sample of z, or −log of the mean of K importance weights. Prior p(z) = N(0, I). Sources: Kingma
 * and Welling 2013; Burda et al. 2015.
 */
public final class VariationalObjective implements Objective {
  private static final long serialVersionUID = 1L;

  /** Name of the statistic of the units' divergences. */
  public static final String UNIT_KL = "unitKl";

  private static final int RECONSTRUCTION = 0;
  private static final int KL = 1;
  private static final int GAIN = 2;

  private final VariationalNetwork network;
  private final boolean sparse;
  private final boolean monteCarlo;

  /**
   * The objective of a network.
   *
   * @param network layers and bound
   * @param sparse whether rows come as their non-zero elements
   */
  public VariationalObjective(VariationalNetwork network, boolean sparse) {
    this(network, sparse, network.settings().importanceSamples() > 1);
  }

  /**
   * With the KL of the samples, be it one or more, in place of the closed form.
   *
   * @param monteCarlo whether the bound is that of importance weights
   */
  VariationalObjective(VariationalNetwork network, boolean sparse, boolean monteCarlo) {
    this.network = network;
    this.sparse = sparse;
    this.monteCarlo = monteCarlo;
  }

  @Override
  public List<ColumnSpec> columns() {
    return List.of(new ColumnSpec(ColumnSpec.FEATURES, network.inputs(), sparse));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  /** The reconstruction, the weighted KL, and what several samples gain (not above 0). */
  @Override
  public List<LossSpec> losses() {
    LossSpec reconstruction = new LossSpec("reconstruction", WeightSpec.ROWS.name());
    LossSpec kl = new LossSpec("kl", WeightSpec.ROWS.name());
    return monteCarlo
        ? List.of(reconstruction, kl, new LossSpec("importanceGain", WeightSpec.ROWS.name()))
        : List.of(reconstruction, kl);
  }

  /** The divergence of each unit of the code from the prior, without β. */
  @Override
  public List<StatisticSpec> statistics() {
    int units = network.settings().codeSize();
    return List.of(new StatisticSpec(UNIT_KL, units, 0, 0, WeightSpec.ROWS.name()));
  }

  @Override
  public List<String> recordedStatistics() {
    return List.of(UNIT_KL);
  }

  @Override
  public boolean isExactGradient() {
    return false;
  }

  @Override
  public String inexactBecause() {
    return "training draws codes at random";
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    VariationalSettings settings = network.settings();
    Graph graph = new Graph(minibatch);
    Node rows = settings.binarization().add(graph, graph.input(ColumnSpec.FEATURES));
    Node posterior = network.posterior(graph, rows);
    int capacity = minibatch.capacity();
    UnitDivergences units = new UnitDivergences(capacity, posterior);
    GaussianKl kl = monteCarlo ? null : graph.add(new GaussianKl(posterior, settings, units));
    PosteriorSample codes =
        graph.add(
            new PosteriorSample(capacity, posterior, settings.importanceSamples(), monteCarlo));
    Node output = network.decoderForLoss(graph, codes);
    Loss loss = graph.loss(settings.likelihood().loss(), output, rows);
    VariationalBound bound =
        graph.add(new VariationalBound(settings, loss, output, monteCarlo ? codes : null));
    return new Program(graph, bound, kl, units);
  }

  /**
   * @param kl null where the bound has the samples' own
   */
  private record Program(Graph graph, VariationalBound bound, GaussianKl kl, UnitDivergences units)
      implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      graph.forward(pass);
      graph.backward(pass, sums.direction(0));
      add(pass, sums);
    }

    @Override
    public void evaluate(Pass pass, Sums sums) {
      graph.forward(pass);
      add(pass, sums);
    }

    private void add(Pass pass, Sums sums) {
      sums.weights()[0][0] += pass.rows();
      sums.losses()[RECONSTRUCTION] += bound.reconstruction();
      if (kl != null) {
        sums.losses()[KL] += kl.sum();
      } else {
        sums.losses()[KL] += bound.divergence();
        sums.losses()[GAIN] += bound.gain();
        units.compute(pass.rows());
      }
      units.addTo(sums.statistics()[0]);
    }
  }
}
