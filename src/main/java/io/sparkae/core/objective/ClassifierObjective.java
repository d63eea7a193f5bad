package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Mean over rows of −log p(label|x), plus the weight decay. */
public final class ClassifierObjective implements Objective {
  private static final long serialVersionUID = 1L;

  /** The column of class indices, from 0. */
  public static final String LABEL = "label";

  private final ClassifierNetwork network;
  private final boolean sparse;

  /**
   * The objective of a network.
   *
   * @param network layers and loss
   * @param sparse whether features come as their non-zero elements
   */
  public ClassifierObjective(ClassifierNetwork network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
  }

  private ClassifierSettings settings() {
    return network.settings();
  }

  @Override
  public List<ColumnSpec> columns() {
    return List.of(
        new ColumnSpec(ColumnSpec.FEATURES, network.inputs(), sparse), ColumnSpec.dense(LABEL, 1));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public List<LossSpec> losses() {
    List<LossSpec> losses = new ArrayList<>();
    losses.add(new LossSpec("crossEntropy", WeightSpec.ROWS.name()));
    if (settings().weightDecay() > 0) {
      losses.add(new LossSpec("weightDecay", WeightSpec.ROWS.name()));
    }
    return losses;
  }

  @Override
  public boolean isExactGradient() {
    return !settings().noise().isActive() && !settings().encoder().kSparsity().isScheduled();
  }

  @Override
  public String inexactBecause() {
    Noise noise = settings().noise();
    return noise.isActive()
        ? "training draws noise at random (" + noise.sources() + ")"
        : "the encoder's kSparseStart lets the number of units that stay change in training";
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    Graph graph = new Graph(minibatch);
    Node logits = network.logits(graph, graph.input(ColumnSpec.FEATURES), settings().noise());
    WeightDecay decay =
        settings().weightDecay() > 0
            ? graph.add(new WeightDecay(network.weights(), settings().weightDecay()))
            : null;
    if (settings().binomial()) {
      Loss loss = graph.loss(LossKind.CROSS_ENTROPY, logits, LABEL);
      return new Program(graph, loss, loss::sum, decay, settings());
    }
    SoftmaxLoss loss =
        graph.add(new SoftmaxLoss(minibatch.capacity(), logits, minibatch.column(LABEL)));
    return new Program(graph, loss, loss::sum, decay, settings());
  }

  /**
   * @param probabilities its value is rows × outputs
   * @param loss sum over the rows of the last forward pass
   * @param decay null without
   */
  private record Program(
      Graph graph,
      Node probabilities,
      DoubleSupplier loss,
      WeightDecay decay,
      ClassifierSettings settings)
      implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      graph.forward(pass);
      graph.backward(pass, sums.direction(0));
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += loss.getAsDouble();
      if (decay != null) {
        sums.losses()[1] += decay.sum();
      }
    }

    @Override
    public void evaluate(Pass pass, Sums sums) {
      graph.forward(pass);
      sums.weights()[0][0] += pass.rows();
      sums.losses()[0] += settings.validatesErrors() ? errors(pass.rows()) : loss.getAsDouble();
    }

    private int errors(int rows) {
      float[] labels = graph.minibatch().column(LABEL).values();
      int width = probabilities.width();
      int wrong = 0;
      for (int row = 0; row < rows; row++) {
        int predicted = predicted(probabilities.value(), row * width, width);
        wrong += predicted == (int) labels[row] ? 0 : 1;
      }
      return wrong;
    }
  }

  /** The most probable class, the first of several; of one logistic unit, 1 above ½. */
  static int predicted(float[] probabilities, int at, int width) {
    if (width == 1) {
      return probabilities[at] > 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < width; i++) {
      best = probabilities[at + i] > probabilities[at + best] ? i : best;
    }
    return best;
  }
}
