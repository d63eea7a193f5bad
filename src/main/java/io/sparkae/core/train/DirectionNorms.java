package io.sparkae.core.train;

/**
 * Squared lengths of the tiles of a step's mean direction, for each group of parameters: what the
 * threads of a replica share to clip by the norm of the whole.
 *
 * <p>Tiles are added in their order, so that the norm has the same bits whatever thread measured
 * which.
 */
final class DirectionNorms {
  private final double[][] squares;

  DirectionNorms(int groups, int tiles) {
    this.squares = new double[groups][tiles];
  }

  /** Notes the squared length of the part of a group that lies in a tile. */
  void measure(int group, int tile, double square) {
    squares[group][tile] = square;
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
