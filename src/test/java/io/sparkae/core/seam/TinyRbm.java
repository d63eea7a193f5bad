package io.sparkae.core.seam;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Workspace;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;

/**
 * A Bernoulli RBM by CD-1 (Hinton 2002): a direction that is no gradient, and noise that is keyed
 * by row. v⁺, h⁺ are data and p(h|v⁺); h̃ ~ h⁺; v⁻ = p(v|h̃), h⁻ = p(h|v⁻); direction = −(v⁺h⁺ −
 * v⁻h⁻).
 */
public final class TinyRbm extends TinyObjective {
  private static final long serialVersionUID = 1L;

  private final int visible;
  private final int hidden;

  /** With that many units. */
  public TinyRbm(int visible, int hidden) {
    super(ColumnSpec.dense(ColumnSpec.FEATURES, visible));
    this.visible = visible;
    this.hidden = hidden;
    parameters("weight", visible, hidden);
    parameters("visibleBias", 1, visible);
    parameters("hiddenBias", 1, hidden);
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return new Gibbs();
  }

  private final class Gibbs implements Workspace {
    private final float[] uniform = new float[hidden];
    private final double[] sample = new double[hidden];
    private final double[] v = new double[visible];
    private final double[] h = new double[hidden];

    @Override
    public void compute(Pass pass, Sums sums) {
      float[] direction = sums.directions()[0];
      Arrays.fill(direction, 0, layout().size(), 0f);
      float[] data = pass.minibatch().column(0).values();
      for (int row = 0; row < pass.rows(); row++) {
        long index = pass.minibatch().rowIndices()[row];
        pass.random().uniform(RandomStreams.FIRST_FREE, pass.epoch(), index, uniform, 0, hidden);
        for (int i = 0; i < visible; i++) {
          v[i] = data[row * visible + i];
        }
        up(pass.parameters());
        add(direction, -1);
        for (int j = 0; j < hidden; j++) {
          sample[j] = uniform[j] < h[j] ? 1 : 0;
        }
        sums.losses()[0] += down(pass.parameters(), data, row * visible);
        up(pass.parameters());
        add(direction, 1);
      }
      sums.weights()[0][0] += pass.rows();
    }

    private void up(float[] w) {
      for (int j = 0; j < hidden; j++) {
        double z = w[visible * hidden + visible + j];
        for (int i = 0; i < visible; i++) {
          z += v[i] * w[i * hidden + j];
        }
        h[j] = 1 / (1 + Math.exp(-z));
      }
    }

    /** v = p(v | sample); returns its squared distance from the data. */
    private double down(float[] w, float[] data, int at) {
      double error = 0;
      for (int i = 0; i < visible; i++) {
        double z = w[visible * hidden + i];
        for (int j = 0; j < hidden; j++) {
          z += sample[j] * w[i * hidden + j];
        }
        v[i] = 1 / (1 + Math.exp(-z));
        error += (v[i] - data[at + i]) * (v[i] - data[at + i]);
      }
      return error;
    }

    private void add(float[] direction, int sign) {
      for (int i = 0; i < visible; i++) {
        for (int j = 0; j < hidden; j++) {
          direction[i * hidden + j] += (float) (sign * v[i] * h[j]);
        }
        direction[visible * hidden + i] += (float) (sign * v[i]);
      }
      for (int j = 0; j < hidden; j++) {
        direction[visible * hidden + visible + j] += (float) (sign * h[j]);
      }
    }
  }
}
