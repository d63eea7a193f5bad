package io.sparkae.data;

/** Turns square pictures. */
final class Rotation {
  private Rotation() {}

  /**
   * Turns a picture about its centre, counter-clockwise as one sees it, by bilinear interpolation:
   * pixel (x, y) takes the value at (c + u cos φ − v sin φ, c + u sin φ + v cos φ) of the source,
   * where c = (side − 1) / 2, u = x − c, v = y − c and y points downwards. Outside the source is 0.
   *
   * @param source side × side values, row-major
   * @param target as many, filled with the turned picture; another array than {@code source}
   * @param angle φ in radians
   */
  static void turn(double[] source, double[] target, int side, double angle) {
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double centre = (side - 1) / 2.0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = x - centre;
        double v = y - centre;
        target[y * side + x] =
            value(source, side, centre + u * cosine - v * sine, centre + u * sine + v * cosine);
      }
    }
  }

  /** The value at a place between pixels, from the four about it. */
  private static double value(double[] source, int side, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double down = y - top;
    return (1 - down)
            * ((1 - right) * at(source, side, left, top) + right * at(source, side, left + 1, top))
        + down
            * ((1 - right) * at(source, side, left, top + 1)
                + right * at(source, side, left + 1, top + 1));
  }

  private static double at(double[] source, int side, int x, int y) {
    return x < 0 || x >= side || y < 0 || y >= side ? 0 : source[y * side + x];
  }
}
