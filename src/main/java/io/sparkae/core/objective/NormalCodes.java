package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * Codes z that are like N(μ, AᵀA), by points u that are like N(0, I): z = μ + u·A. The rows of A
 * are orthogonal, so that each code has its point.
 */
public final class NormalCodes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] mean;
  private final float[] axes;

  /**
   * Copies its arguments.
   *
   * @param mean μ, as long as a code
   * @param axes A, row by row: as many as a code has numbers, orthogonal, none of them 0
   */
  public NormalCodes(float[] mean, float[] axes) {
    int size = mean.length;
    Check.that(axes.length == size * size, "elements of A", size + "·" + size, axes.length);
    this.mean = mean.clone();
    this.axes = axes.clone();
  }

  /** {@return μ} */
  public float[] mean() {
    return mean.clone();
  }

  /** {@return A, row by row} */
  public float[] axes() {
    return axes.clone();
  }

  /** Numbers of a code. */
  int size() {
    return mean.length;
  }

  /** A, then μ, behind the parameters of a net. */
  float[] behind(float[] parameters) {
    float[] all = new float[parameters.length + axes.length + mean.length];
    System.arraycopy(parameters, 0, all, 0, parameters.length);
    System.arraycopy(axes, 0, all, parameters.length, axes.length);
    System.arraycopy(mean, 0, all, parameters.length + axes.length, mean.length);
    return all;
  }

  /**
   * point = (code − μ)·A⁻¹, whose element j is ⟨code − μ, A_j⟩ / ‖A_j‖².
   *
   * @param code read from {@code from} on
   * @param point written from {@code to} on
   */
  void pointInto(float[] code, int from, float[] point, int to) {
    int size = size();
    for (int j = 0; j < size; j++) {
      double product = 0;
      double square = 0;
      for (int i = 0; i < size; i++) {
        double axis = axes[j * size + i];
        product += (code[from + i] - (double) mean[i]) * axis;
        square += axis * axis;
      }
      point[to + j] = (float) (product / square);
    }
  }
}
