package io.sparkae.core.seam;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.objective.Workspace;
import java.util.Arrays;
import java.util.List;

/**
 * A Kohonen chain: direction of unit r = −Σ K(r, winner)(x − w_r), divided by the kernel mass Σ
 * K(r, winner) that the unit received; the loss is the squared distance of each row to its winner.
 */
public final class TinyMap extends TinyObjective {
  private static final long serialVersionUID = 1L;

  private final int units;
  private final int width;

  /** A chain of units in a space of that width. */
  public TinyMap(int units, int width) {
    super(ColumnSpec.dense(ColumnSpec.FEATURES, width));
    this.units = units;
    this.width = width;
    parameters("units", units, width);
  }

  @Override
  public List<WeightSpec> weights() {
    return List.of(WeightSpec.ROWS, new WeightSpec("mass", units));
  }

  @Override
  public List<Term> terms() {
    return List.of(new Term("pull", 0, layout().size(), "mass"));
  }

  /** 1 for the winner, ½ for its neighbours, 0 for all others. */
  public static double kernel(int distance) {
    return distance == 0 ? 1 : distance == 1 ? 0.5 : 0;
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return (pass, sums) -> {
      float[] direction = sums.directions()[0];
      Arrays.fill(direction, 0f);
      float[] w = pass.parameters();
      float[] x = minibatch.column(0).values();
      for (int row = 0; row < pass.rows(); row++) {
        int winner = winner(w, x, row * width);
        sums.losses()[0] += distance(w, winner, x, row * width);
        for (int unit = 0; unit < units; unit++) {
          double kernel = kernel(Math.abs(unit - winner));
          sums.weights()[1][unit] += kernel;
          for (int i = 0; i < width; i++) {
            int at = unit * width + i;
            direction[at] -= (float) (kernel * (x[row * width + i] - w[at]));
          }
        }
      }
      sums.weights()[0][0] += pass.rows();
    };
  }

  private int winner(float[] w, float[] x, int at) {
    int best = 0;
    for (int unit = 1; unit < units; unit++) {
      best = distance(w, unit, x, at) < distance(w, best, x, at) ? unit : best;
    }
    return best;
  }

  private double distance(float[] w, int unit, float[] x, int at) {
    double square = 0;
    for (int i = 0; i < width; i++) {
      double difference = x[at + i] - w[unit * width + i];
      square += difference * difference;
    }
    return square;
  }
}
