package io.sparkae.core.seam;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Workspace;
import java.util.Arrays;
import java.util.List;

/**
 * h = σ(xW + b), mean over rows of ½‖h‖² + Σⱼ KL(ρ‖ρ̂ⱼ), ρ̂ the mean of h: a loss that is no sum
 * over rows but for a statistic ρ̃. It is taken by its tangent there, KL(ρ‖ρ̃) + KL′(ρ̃)·(h − ρ̃)
 * for each row, which is KL(ρ‖ρ̂) itself and has its gradient where ρ̃ is the mean of all rows.
 */
public final class TinySparsity extends TinyObjective {
  private static final long serialVersionUID = 1L;

  /** ρ. */
  public static final double TARGET = 0.2;

  private final int width;
  private final int units;

  /** A layer of that many units on rows of that width. */
  public TinySparsity(int width, int units) {
    super(ColumnSpec.dense(ColumnSpec.FEATURES, width));
    this.width = width;
    this.units = units;
    parameters("weight", width, units);
    parameters("bias", 1, units);
  }

  @Override
  public List<StatisticSpec> statistics() {
    return List.of(new StatisticSpec("meanActivation", units, TARGET, 0.9, "rows"));
  }

  @Override
  public List<String> fullBatchStatistics() {
    return List.of("meanActivation");
  }

  @Override
  public boolean isExactGradient() {
    return true;
  }

  /** KL(ρ‖ρ̂) of two coins. */
  public static double divergence(double mean) {
    return TARGET * Math.log(TARGET / mean) + (1 - TARGET) * Math.log((1 - TARGET) / (1 - mean));
  }

  /** σ(xW + b) of a row. */
  public double[] activations(float[] parameters, float[] x, int at) {
    double[] h = new double[units];
    for (int j = 0; j < units; j++) {
      double z = parameters[width * units + j];
      for (int i = 0; i < width; i++) {
        z += (double) x[at + i] * parameters[i * units + j];
      }
      h[j] = 1 / (1 + Math.exp(-z));
    }
    return h;
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return new Layer();
  }

  private final class Layer implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      float[] direction = sums.directions()[0];
      Arrays.fill(direction, 0f);
      double[] means = pass.statistics()[0];
      float[] x = pass.minibatch().column(0).values();
      for (int row = 0; row < pass.rows(); row++) {
        double[] h = activations(pass.parameters(), x, row * width);
        for (int j = 0; j < units; j++) {
          double slope = -TARGET / means[j] + (1 - TARGET) / (1 - means[j]);
          sums.losses()[0] += 0.5 * h[j] * h[j] + divergence(means[j]) + slope * (h[j] - means[j]);
          double delta = (h[j] + slope) * h[j] * (1 - h[j]);
          for (int i = 0; i < width; i++) {
            direction[i * units + j] += (float) (delta * x[row * width + i]);
          }
          direction[width * units + j] += (float) delta;
        }
      }
      prepare(pass, sums);
    }

    @Override
    public void prepare(Pass pass, Sums sums) {
      float[] x = pass.minibatch().column(0).values();
      for (int row = 0; row < pass.rows(); row++) {
        double[] h = activations(pass.parameters(), x, row * width);
        for (int j = 0; j < units; j++) {
          sums.statistics()[0][j] += h[j];
        }
      }
      sums.weights()[0][0] += pass.rows();
    }
  }
}
