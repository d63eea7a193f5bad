package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Mean over rows of L(x̂, x), x̂ reconstructed from x or from a corrupted x̃, plus any penalties:
 * the plain, deep, tied, regularised, sparse, k-sparse, denoising and contractive autoencoder.
 */
public final class AutoencoderObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private static final String MEAN_ACTIVATION = "meanActivation";
  private static final int RECONSTRUCTION = 0;

  private final AutoencoderNetwork network;
  private final boolean sparse;
  private final List<LossSpec> losses; // asked for each round

  /**
   * The objective of a network.
   *
   * @param network layers and loss
   * @param sparse whether rows come as their non-zero elements
   */
  public AutoencoderObjective(AutoencoderNetwork network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
    this.losses = findLosses();
  }

  private AutoencoderSettings settings() {
    return network.settings();
  }

  @Override
  public List<ColumnSpec> columns() {
    return List.of(new ColumnSpec(ColumnSpec.FEATURES, network.inputs(), sparse));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  private List<LossSpec> findLosses() {
    List<LossSpec> found = new ArrayList<>();
    found.add(new LossSpec("reconstruction", WeightSpec.ROWS.name()));
    for (Penalty penalty : newProgram(new Minibatch(columns(), 1)).penalties()) {
      found.add(new LossSpec(penalty.lossName(), WeightSpec.ROWS.name()));
    }
    return List.copyOf(found);
  }

  @Override
  public List<LossSpec> losses() {
    return losses;
  }

  private boolean isSparsified() {
    return settings().penalties().sparsityWeight() > 0;
  }

  @Override
  public List<StatisticSpec> statistics() {
    Penalties penalties = settings().penalties();
    return isSparsified()
        ? List.of(
            new StatisticSpec(
                MEAN_ACTIVATION,
                settings().codeSize(),
                penalties.sparsityTarget(),
                penalties.sparsityDecay(),
                WeightSpec.ROWS.name()))
        : List.of();
  }

  @Override
  public List<String> fullBatchStatistics() {
    return isSparsified() ? List.of(MEAN_ACTIVATION) : List.of();
  }

  @Override
  public boolean isExactGradient() {
    return !settings().noise().isActive() && !settings().kSparsity().isScheduled();
  }

  @Override
  public String inexactBecause() {
    Noise noise = settings().noise();
    return noise.isActive()
        ? "training draws noise at random (" + noise.sources() + ")"
        : "kSparseStart lets the number of units that stay change in training";
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return newProgram(minibatch);
  }

  private Program newProgram(Minibatch minibatch) {
    return newProgram(new Graph(minibatch), code -> {});
  }

  /**
   * The program in a graph, and more that reads the code.
   *
   * @param readers adds it, behind branches of the code that it is given
   */
  Program newProgram(Graph graph, Consumer<Node> readers) {
    Noise noise = settings().noise();
    Node code = network.encoder(graph, graph.input(ColumnSpec.FEATURES), noise);
    List<Penalty> penalties = codePenalties(graph, code);
    readers.accept(code);
    Loss loss =
        graph.loss(
            settings().loss(), network.decoderForLoss(graph, code, noise), ColumnSpec.FEATURES);
    penalties.addAll(weightPenalties(graph));
    return new Program(graph, loss, penalties.toArray(new Penalty[0]));
  }

  private List<Penalty> codePenalties(Graph graph, Node code) {
    Penalties weights = settings().penalties();
    List<Penalty> penalties = new ArrayList<>();
    if (weights.contraction() > 0) {
      penalties.add(
          new Contraction(
              code,
              network.encoder().weight(0),
              settings().codeActivation(),
              weights.contraction()));
    }
    if (weights.codeL1() > 0) {
      penalties.add(new CodeL1(code, weights.codeL1()));
    }
    if (weights.codeL2() > 0) {
      penalties.add(new CodeL2(code, weights.codeL2()));
    }
    if (weights.codeEntropy() > 0) {
      penalties.add(
          CodeEntropy.of(
              graph.minibatch().capacity(),
              code,
              settings().codeActivation(),
              weights.codeEntropy()));
    }
    if (isSparsified()) {
      penalties.add(new KlSparsity(code, weights, settings().codeActivation()));
    }
    penalties.forEach(graph::add);
    return penalties;
  }

  private List<Penalty> weightPenalties(Graph graph) {
    Penalties weights = settings().penalties();
    List<Penalty> penalties = new ArrayList<>();
    if (weights.weightDecay() > 0) {
      penalties.add(new WeightDecay(network.weights(), weights.weightDecay()));
    }
    if (weights.weightL1() > 0) {
      penalties.add(new WeightL1(network.weights(), weights.weightL1()));
    }
    penalties.forEach(graph::add);
    return penalties;
  }

  record Program(Graph graph, Loss loss, Penalty[] penalties) implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      graph.forward(pass);
      graph.backward(pass, sums.direction(0));
      addReconstruction(pass, sums);
      for (int i = 0; i < penalties.length; i++) {
        sums.losses()[RECONSTRUCTION + 1 + i] += penalties[i].sum();
        penalties[i].addStatistics(pass, sums);
      }
    }

    @Override
    public void evaluate(Pass pass, Sums sums) {
      graph.forward(pass);
      addReconstruction(pass, sums);
    }

    @Override
    public void prepare(Pass pass, Sums sums) {
      graph.forward(pass);
      sums.weights()[0][0] += pass.rows();
      for (Penalty penalty : penalties) {
        penalty.addStatistics(pass, sums);
      }
    }

    private void addReconstruction(Pass pass, Sums sums) {
      sums.weights()[0][0] += pass.rows();
      sums.losses()[RECONSTRUCTION] += loss.sum();
    }
  }
}
