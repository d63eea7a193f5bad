package io.sparkae.data;

import java.util.Arrays;

/**
 * The way of a pen over the paper: strokes of short straight pieces, each with the radius of the
 * pen at both ends. Lengths are pixels; the centre of the top left pixel is (0.5, 0.5).
 */
final class PenPath {
  /** Width of the blurred edge of a stroke in pixels. */
  private static final double EDGE = 1.3;

  private double[] x = new double[256];
  private double[] y = new double[256];
  private double[] radius = new double[256];
  private boolean[] down = new boolean[256];
  private int size;

  /** Takes back all strokes. */
  void clear() {
    size = 0;
  }

  /**
   * Moves the pen.
   *
   * @param penDown whether it draws on its way here
   */
  void moveTo(double toX, double toY, double toRadius, boolean penDown) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
      radius = Arrays.copyOf(radius, 2 * size);
      down = Arrays.copyOf(down, 2 * size);
    }
    x[size] = toX;
    y[size] = toY;
    radius[size] = toRadius;
    down[size++] = penDown;
  }

  /**
   * Moves the whole path so that the middle of its ink comes to a point, or as near to it as the
   * paper allows; what is too large for the paper is made smaller.
   *
   * @param side pixels along each side of the paper
   */
  void place(double middleX, double middleY, int side) {
    double room = side - EDGE;
    double wide = span(x);
    double high = span(y);
    double shrink = Math.min(1, room / Math.max(wide, high));
    double centreX = inside(middleX, shrink * wide / 2, side);
    double centreY = inside(middleY, shrink * high / 2, side);
    double oldX = middle(x);
    double oldY = middle(y);
    for (int i = 0; i < size; i++) {
      x[i] = centreX + shrink * (x[i] - oldX);
      y[i] = centreY + shrink * (y[i] - oldY);
      radius[i] *= shrink;
    }
  }

  private static double inside(double middle, double half, int side) {
    double least = half + EDGE / 2;
    return Math.min(Math.max(middle, least), Math.max(least, side - least));
  }

  private double span(double[] position) {
    return end(position, 1) + end(position, -1);
  }

  private double middle(double[] position) {
    return (end(position, 1) - end(position, -1)) / 2;
  }

  /** How far the ink reaches to the side of a sign, counted from 0. */
  private double end(double[] position, int sign) {
    double furthest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      furthest = Math.max(furthest, sign * position[i] + radius[i]);
    }
    return furthest;
  }

  /**
   * Draws the strokes: a pixel at distance d from where the pen had radius r gets the ink (r − d) /
   * edge + ½, cut to [0, 1], the most of all places of the pen.
   *
   * @param pixels a square picture of {@code side} × {@code side}, to which the ink is added
   */
  void draw(double[] pixels, int side) {
    for (int i = 1; i < size; i++) {
      if (down[i]) {
        piece(i, pixels, side);
      }
    }
  }

  private void piece(int i, double[] pixels, int side) {
    double reach = Math.max(radius[i - 1], radius[i]) + EDGE / 2;
    int left = Math.max(0, (int) (Math.min(x[i - 1], x[i]) - reach));
    int right = Math.min(side - 1, (int) (Math.max(x[i - 1], x[i]) + reach));
    int top = Math.max(0, (int) (Math.min(y[i - 1], y[i]) - reach));
    int bottom = Math.min(side - 1, (int) (Math.max(y[i - 1], y[i]) + reach));
    double alongX = x[i] - x[i - 1];
    double alongY = y[i] - y[i - 1];
    double squaredLength = Math.max(alongX * alongX + alongY * alongY, 1e-12);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double fromX = column + 0.5 - x[i - 1];
        double fromY = row + 0.5 - y[i - 1];
        double part = (fromX * alongX + fromY * alongY) / squaredLength;
        double t = Math.min(Math.max(part, 0), 1);
        double offX = fromX - t * alongX;
        double offY = fromY - t * alongY;
        double distance = Math.sqrt(offX * offX + offY * offY);
        double penRadius = radius[i - 1] + t * (radius[i] - radius[i - 1]);
        double ink = Math.min(Math.max((penRadius - distance) / EDGE + 0.5, 0), 1);
        int pixel = row * side + column;
        pixels[pixel] = Math.max(pixels[pixel], ink);
      }
    }
  }
}
