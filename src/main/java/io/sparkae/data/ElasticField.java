package io.sparkae.data;

/**
 * A smooth random displacement of the plane, as in the elastic distortions of Simard, Steinkraus,
 * Platt 2003 ("Best practices for convolutional neural networks applied to visual document
 * analysis"): independent normal displacements on a coarse lattice, smoothed by cubic B-splines.
 */
final class ElasticField {
  /** Lattice points along each side that a field over the unit square needs. */
  private static final int LATTICE = 6;

  /** Numbers that make a field. */
  static final int DRAWS = 2 * LATTICE * LATTICE;

  private static final int INTERVALS = LATTICE - 3;

  private final float[] lattice;
  private final double[] across = new double[4];
  private final double[] down = new double[4];

  /**
   * A field over the unit square.
   *
   * @param lattice {@value #DRAWS} numbers, first those to the right, then those down; it may be
   *     filled anew, which changes the field
   */
  ElasticField(float[] lattice) {
    this.lattice = lattice;
  }

  /**
   * The displacement Σᵢⱼ Bᵢ(v) Bⱼ(u) cᵢⱼ at a point; outside the square that of the nearest point
   * of its border.
   *
   * @param u from 0 (left) to 1 (right)
   * @param v from 0 (top) to 1 (bottom)
   * @param displacement to the right and down, filled
   */
  void at(double u, double v, double[] displacement) {
    int column = weights(u, across);
    int row = weights(v, down);
    double right = 0;
    double below = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        int at = (row + i) * LATTICE + column + j;
        double weight = down[i] * across[j];
        right += weight * lattice[at];
        below += weight * lattice[LATTICE * LATTICE + at];
      }
    }
    displacement[0] = right;
    displacement[1] = below;
  }

  /** Fills the four weights of the uniform cubic B-spline and gives the first point's index. */
  private static int weights(double position, double[] weights) {
    double scaled = Math.min(Math.max(position, 0), 1) * INTERVALS;
    int interval = Math.min((int) scaled, INTERVALS - 1);
    double t = scaled - interval;
    double s = 1 - t;
    weights[0] = s * s * s / 6;
    weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    weights[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    weights[3] = t * t * t / 6;
    return interval;
  }
}
