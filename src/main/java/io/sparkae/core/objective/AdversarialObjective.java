package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * The game of an adversarial autoencoder: encoder and decoder minimise an autoencoder's loss plus
 * λ·−log D(code), the discriminator −log D(z) − log(1 − D(code)) with z from the prior. Each
 * player's direction is the gradient of its own loss, over its own parameters. Where rows have
 * classes, the discriminator is told them, and z is from the part of the prior that is the class's.
 * Source: Makhzani et al. 2015.
 */
public final class AdversarialObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final AdversarialNetwork network;
  private final AutoencoderObjective autoencoder;

  /**
   * The objective of a network.
   *
   * @param network the players
   * @param sparse whether rows come as their non-zero elements
   */
  public AdversarialObjective(AdversarialNetwork network, boolean sparse) {
    this.network = network;
    this.autoencoder = new AutoencoderObjective(network.autoencoder(), sparse);
  }

  /** {@return classes of the rows; 0 if they have none} */
  public int classes() {
    return settings().classes();
  }

  private AdversarialSettings settings() {
    return network.settings();
  }

  @Override
  public List<ColumnSpec> columns() {
    List<ColumnSpec> columns = new ArrayList<>(autoencoder.columns());
    if (settings().classes() > 0) {
      columns.add(ColumnSpec.dense(ClassifierObjective.LABEL, 1));
    }
    return columns;
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  /** {@return what the codes are to be like} */
  public Prior prior() {
    return network.settings().prior();
  }

  @Override
  public List<LossSpec> losses() {
    List<LossSpec> losses = new ArrayList<>(autoencoder.losses());
    losses.add(new LossSpec("adversarial", WeightSpec.ROWS.name()));
    losses.add(LossSpec.opponent("discriminator", WeightSpec.ROWS.name()));
    return losses;
  }

  @Override
  public List<StatisticSpec> statistics() {
    return autoencoder.statistics();
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
    Graph graph = new Graph(minibatch);
    Critics critics = new Critics(network, graph);
    AutoencoderObjective.Program program = autoencoder.newProgram(graph, critics::add);
    int first = autoencoder.losses().size();
    return new Game(program, critics.adversarial, critics.real, critics.fake, first);
  }

  /** The discriminator's three readers of codes. */
  private static final class Critics {
    private final AdversarialNetwork network;
    private final Graph graph;
    private LogitLoss adversarial;
    private LogitLoss real;
    private LogitLoss fake;

    Critics(AdversarialNetwork network, Graph graph) {
      this.network = network;
      this.graph = graph;
    }

    void add(Node code) {
      AdversarialSettings settings = network.settings();
      Node judged = network.judge(graph, graph.add(new Branch(code)));
      adversarial = graph.add(LogitLoss.of(judged, 1, settings.adversarialWeight()));
      Node prior =
          graph.add(
              new PriorSample(
                  graph.minibatch().capacity(),
                  settings.autoencoder().codeSize(),
                  settings.prior(),
                  network.labels(graph),
                  settings.classes()));
      real = graph.add(LogitLoss.of(network.discriminator(graph, prior, Sites.REAL_DROPOUT), 1, 1));
      Node fakes = network.discriminator(graph, graph.add(new Detached(code)), Sites.FAKE_DROPOUT);
      fake = graph.add(LogitLoss.of(fakes, 0, 1));
    }
  }

  /** {@code first} is the place of the players' losses. */
  private record Game(
      AutoencoderObjective.Program autoencoder,
      LogitLoss adversarial,
      LogitLoss real,
      LogitLoss fake,
      int first)
      implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      autoencoder.compute(pass, sums);
      sums.losses()[first] += adversarial.sum();
      sums.losses()[first + 1] += real.sum() + fake.sum();
    }

    /** The reconstruction alone: the players' other losses say nothing about the model. */
    @Override
    public void evaluate(Pass pass, Sums sums) {
      autoencoder.evaluate(pass, sums);
    }
  }
}
