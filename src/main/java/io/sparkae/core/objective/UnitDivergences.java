package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.linalg.Elementary;
import java.util.Arrays;

/**
 * KL(N(μ, σ²)‖N(0, 1)) = ½(σ² + μ² − log σ² − 1) of each unit of a code, summed over the rows of a
 * minibatch. Source: Kingma and Welling 2013, appendix B.
 */
final class UnitDivergences {
  private final Node posterior;
  private final int width;
  private final float[] variances;
  private final double[] sums;

  /**
   * @param posterior rows × 2·d: means, log-variances
   */
  UnitDivergences(int capacity, Node posterior) {
    this.posterior = posterior;
    this.width = posterior.width() / 2;
    this.variances = new float[capacity * width];
    this.sums = new double[width];
  }

  /** Looks at the first rows of the posterior. */
  void compute(int rows) {
    float[] values = posterior.value();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * 2 * width + width, variances, row * width, width);
    }
    Elementary.expInPlace(variances, 0, rows * width);
    Arrays.fill(sums, 0);
    for (int row = 0; row < rows; row++) {
      int means = row * 2 * width;
      int logVariances = means + width;
      for (int j = 0; j < width; j++) {
        double mean = values[means + j];
        sums[j] += 0.5 * (variances[row * width + j] + mean * mean - values[logVariances + j] - 1);
      }
    }
  }

  /** The variances of each row's code, rows × d. */
  float[] variances() {
    return variances;
  }

  /** Of all units together. */
  double total() {
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /** Adds those of each unit to {@code target}. */
  void addTo(double[] target) {
    for (int j = 0; j < width; j++) {
      target[j] += sums[j];
    }
  }
}
