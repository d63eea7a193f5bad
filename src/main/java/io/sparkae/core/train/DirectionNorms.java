package io.sparkae.core.train;

import io.sparkae.core.linalg.VectorMath;

/**
 * Squared lengths of the stretches of a step's mean direction, for each group of parameters: what
 * the threads of a replica share to clip by the norm of the whole.
 *
 * <p>A stretch's place depends on the parameters alone, and stretches are added in their order, so
 * that the norm has the same bits whatever the number of threads.
 */
final class DirectionNorms {
  private final int stretch;
  private final double[][] squares;

  /**
   * Room for the norms.
   *
   * @param stretch elements of a stretch; one begins at each multiple of it
   */
  DirectionNorms(int groups, int size, int stretch) {
    this.stretch = stretch;
    this.squares = new double[groups][(size + stretch - 1) / stretch];
  }

  /** Notes the part [from, to) of a group, which lies within one stretch. */
  void measure(int group, float[] direction, int from, int to) {
    squares[group][from / stretch] = VectorMath.dot(direction, direction, from, to - from);
  }

  /** The factor that shortens a group's direction to a length, 1 if it is no longer than that. */
  float factor(int group, double longest) {
    double sum = 0;
    for (double square : squares[group]) {
      sum += square;
    }
    double norm = Math.sqrt(sum);
    return norm > longest ? (float) (longest / norm) : 1f;
  }
}
