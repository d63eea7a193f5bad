package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.Blas;
import io.sparkae.core.linalg.VectorMath;
import java.util.Arrays;
import java.util.List;

/**
 * Contrastive divergence: the direction is v*·p(h|v*)ᵀ − v·p(h|v)ᵀ for W, v* − v for b and p(h|v*)
 * − p(h|v) for c, where v* is what k Gibbs steps from the row v lead to; plus λW, and (q − ρ)·β as
 * another input of each hidden unit for sparsity (Hinton 2012, section 11). Reported beside it: ‖v*
 * − v‖². Source: Hinton 2002.
 */
public final class RbmObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private static final String MEAN_ACTIVATION = "meanActivation";

  private final RbmNetwork network;
  private final boolean sparse;

  /**
   * The objective of a machine.
   *
   * @param network the machine
   * @param sparse whether rows come as their non-zero elements; they are made dense
   */
  public RbmObjective(RbmNetwork network, boolean sparse) {
    this.network = network;
    this.sparse = sparse;
  }

  @Override
  public List<ColumnSpec> columns() {
    return List.of(new ColumnSpec(ColumnSpec.FEATURES, network.visible(), sparse));
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public List<LossSpec> losses() {
    return List.of(new LossSpec("reconstruction", WeightSpec.ROWS.name()));
  }

  @Override
  public List<StatisticSpec> statistics() {
    RbmSettings settings = network.settings();
    return settings.sparsityWeight() == 0
        ? List.of()
        : List.of(
            new StatisticSpec(
                MEAN_ACTIVATION,
                settings.hiddenUnits(),
                settings.sparsityTarget(),
                settings.sparsityDecay(),
                WeightSpec.ROWS.name()));
  }

  @Override
  public boolean isExactGradient() {
    return false;
  }

  @Override
  public String inexactBecause() {
    return "contrastive divergence draws its units at random and follows no loss's gradient";
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return new Divergence(network, minibatch);
  }

  private static final class Divergence implements Workspace {
    private final RbmNetwork network;
    private final RbmSettings settings;
    private final GibbsChain chain;
    private final float[] data;
    private final float[] scaledData;
    private final float[] hidden;
    private final float[] ones;
    private final float[] push;

    Divergence(RbmNetwork network, Minibatch minibatch) {
      int capacity = minibatch.capacity();
      this.network = network;
      this.settings = network.settings();
      this.chain = new GibbsChain(network, capacity);
      this.data = minibatch.column(ColumnSpec.FEATURES).values();
      this.scaledData = new float[data.length];
      this.hidden = new float[Math.multiplyExact(capacity, network.hidden())];
      this.ones = new float[capacity];
      this.push = new float[network.hidden()];
      Arrays.fill(ones, 1f);
    }

    private void positive(Pass pass) {
      network.scaleByDeviation(data, pass.rows(), scaledData);
      network.hiddenMeans(pass.parameters(), scaledData, pass.rows(), hidden);
    }

    @Override
    public void compute(Pass pass, Sums sums) {
      positive(pass);
      chain.run(
          pass.parameters(),
          hidden,
          pass.minibatch(),
          pass.random(),
          pass.epoch(),
          settings.gibbsSteps());
      addScalars(pass, sums);
      if (settings.sparsityWeight() > 0) {
        addActivations(pass.rows(), sums.statistics()[0]);
        pushToTarget(pass);
      }
      direction(pass, sums.directions()[0]);
    }

    @Override
    public void evaluate(Pass pass, Sums sums) {
      positive(pass);
      chain.runMeans(pass.parameters(), hidden, pass.rows());
      addScalars(pass, sums);
    }

    private void addScalars(Pass pass, Sums sums) {
      double error = 0;
      float[] end = chain.visible();
      for (int i = 0; i < pass.rows() * network.visible(); i++) {
        double difference = (double) end[i] - data[i];
        error += difference * difference;
      }
      sums.losses()[0] += error;
      sums.weights()[0][0] += pass.rows();
    }

    private void addActivations(int rows, double[] sums) {
      for (int row = 0; row < rows; row++) {
        int at = row * sums.length;
        for (int j = 0; j < sums.length; j++) {
          sums[j] += hidden[at + j];
        }
      }
    }

    /** p(h|v) = p(h|v) − β(q − ρ), which adds the push to every product with it. */
    private void pushToTarget(Pass pass) {
      double[] means = pass.statistics()[0];
      for (int j = 0; j < push.length; j++) {
        push[j] = (float) (settings.sparsityWeight() * (means[j] - settings.sparsityTarget()));
      }
      for (int row = 0; row < pass.rows(); row++) {
        int at = row * push.length;
        for (int j = 0; j < push.length; j++) {
          hidden[at + j] -= push[j];
        }
      }
    }

    private void direction(Pass pass, float[] direction) {
      int rows = pass.rows();
      ParameterSlice weight = network.weight();
      weightProduct(rows, scaledData, hidden, 0f, direction);
      VectorMath.scaleInPlace(direction, weight.offset(), weight.length(), -1f);
      weightProduct(rows, chain.scaledVisible(), chain.hidden(), 1f, direction);
      if (settings.weightDecay() > 0) {
        float factor = (float) (rows * settings.weightDecay());
        VectorMath.addScaledInPlace(
            direction, factor, pass.parameters(), weight.offset(), weight.length());
      }
      biases(rows, data, chain.visible(), network.visibleBias(), direction);
      double variance = settings.visibleDeviation() * settings.visibleDeviation();
      ParameterSlice visibleBias = network.visibleBias();
      VectorMath.scaleInPlace(
          direction, visibleBias.offset(), visibleBias.length(), (float) (1 / variance));
      biases(rows, hidden, chain.hidden(), network.hiddenBias(), direction);
    }

    /** Vᵀ·H, added to beta times what is there. */
    private void weightProduct(int rows, float[] v, float[] h, float beta, float[] direction) {
      int visible = network.visible();
      int width = network.hidden();
      Blas.multiply(
          true,
          false,
          visible,
          width,
          rows,
          v,
          0,
          visible,
          h,
          0,
          width,
          beta,
          direction,
          network.weight().offset(),
          width);
    }

    /** Column sums of the end less those of the start. */
    private void biases(
        int rows, float[] start, float[] end, ParameterSlice bias, float[] direction) {
      Blas.addColumnSums(rows, bias.length(), start, ones, 0f, direction, bias.offset());
      VectorMath.scaleInPlace(direction, bias.offset(), bias.length(), -1f);
      Blas.addColumnSums(rows, bias.length(), end, ones, 1f, direction, bias.offset());
    }
  }
}
