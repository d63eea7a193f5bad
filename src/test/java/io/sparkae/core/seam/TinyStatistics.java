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
 * ½‖x − mean − w‖² over rows, with all kinds of statistics: {@code running}, a decaying mean of x;
 * {@code mean}, the exact mean of the rows, from the pass before training; {@code distance}, the
 * exact mean of x − w at the weights of each epoch's end.
 */
public final class TinyStatistics extends TinyObjective {
  private static final long serialVersionUID = 1L;

  /** Of {@code running}. */
  public static final double DECAY = 0.75;

  private final int width;

  /** For rows of that width. */
  public TinyStatistics(int width) {
    super(ColumnSpec.dense(ColumnSpec.FEATURES, width));
    this.width = width;
    parameters("w", 1, width);
  }

  @Override
  public List<StatisticSpec> statistics() {
    return List.of(
        new StatisticSpec("running", width, 0.5, DECAY, "rows"),
        new StatisticSpec("mean", width, 0, 1, "rows"),
        new StatisticSpec("distance", width, -7, 1, "rows"));
  }

  @Override
  public List<String> preparedStatistics() {
    return List.of("mean");
  }

  @Override
  public List<String> renewedStatistics() {
    return List.of("distance");
  }

  @Override
  public boolean isExactGradient() {
    return true;
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return new Means();
  }

  private final class Means implements Workspace {
    @Override
    public void compute(Pass pass, Sums sums) {
      Arrays.fill(sums.directions()[0], 0f);
      double[] mean = pass.statistics()[1];
      float[] x = pass.minibatch().column(0).values();
      for (int at = 0; at < pass.rows() * width; at++) {
        int i = at % width;
        double difference = pass.parameters()[i] + mean[i] - x[at];
        sums.directions()[0][i] += (float) difference;
        sums.losses()[0] += 0.5 * difference * difference;
        sums.statistics()[0][i] += x[at];
        sums.statistics()[2][i] += 1e6; // a decay of 1 keeps it out
      }
      sums.weights()[0][0] += pass.rows();
    }

    @Override
    public void prepare(Pass pass, Sums sums) {
      add(pass, sums, 1, 0);
    }

    @Override
    public void renew(Pass pass, Sums sums) {
      add(pass, sums, 2, 1);
    }

    private void add(Pass pass, Sums sums, int statistic, double ofWeights) {
      float[] x = pass.minibatch().column(0).values();
      for (int at = 0; at < pass.rows() * width; at++) {
        sums.statistics()[statistic][at % width] +=
            x[at] - ofWeights * pass.parameters()[at % width];
      }
      sums.weights()[0][0] += pass.rows();
    }
  }
}
