package io.sparkae.data;

import io.sparkae.core.random.RandomStreams;
import io.sparkae.data.DigitShapes.Stroke;
import java.util.List;

/**
 * A hand that writes strokes on paper, each time another way: the control points of {@link
 * DigitShapes} take random places about their own, are narrowed or widened, slanted, turned,
 * enlarged and displaced by an {@link ElasticField}; the pen goes through them on Catmull-Rom
 * splines.
 */
final class Hand {
  /** The site of all random numbers of a drawn digit; nothing else uses it. */
  static final int SITE = -3;

  // What random numbers of a row are for, in the place of the epoch.
  static final int CHOICES = 0;
  private static final int POSE = 1;
  private static final int POINTS = 2;
  private static final int LATTICE = 3;

  /** Height before turn and distortion, as a part of the paper's side, least and range. */
  private static final double HEIGHT = 0.58;

  private static final double HEIGHT_RANGE = 0.15;

  /** Factor of the width, least and range. */
  private static final double WIDTH = 0.8;

  private static final double WIDTH_RANGE = 0.36;

  /** Radius of the pen in pixels, least and range. */
  private static final double PEN = 0.8;

  private static final double PEN_RANGE = 0.9;

  /** How far the top leans to the right, in heights: mean and standard deviation. */
  private static final double SLANT = 0.12;

  private static final double SLANT_DEVIATION = 0.18;

  /** Standard deviation of the turn in radians. */
  private static final double TURN_DEVIATION = 0.07;

  /** Normal numbers are cut at this many standard deviations. */
  private static final double CUT = 2.2;

  /** Standard deviation of a point's place, in heights. */
  private static final double JITTER = 0.022;

  /** Standard deviation of the pen's radius at a point, as a part of it. */
  private static final double PRESSURE = 0.12;

  /** Standard deviation of a lattice point of the elastic field, in pixels. */
  private static final double ELASTIC = 3.1;

  /** Straight pieces between two control points. */
  private static final int PIECES = 6;

  private final int side;
  private final float[] uniform = new float[3];
  private final float[] normal = new float[2];
  private final float[] jitter = new float[3 * DigitShapes.MOST_POINTS];
  private final float[] lattice = new float[ElasticField.DRAWS];
  private final ElasticField field = new ElasticField(lattice);
  private final double[] displacement = new double[2];
  private final double[] x = new double[DigitShapes.MOST_POINTS];
  private final double[] y = new double[DigitShapes.MOST_POINTS];
  private final double[] radius = new double[DigitShapes.MOST_POINTS];

  private double height;
  private double width;
  private double pen;
  private double slant;
  private double cosine;
  private double sine;

  /**
   * A hand for square paper.
   *
   * @param side pixels along each side of the paper
   */
  Hand(int side) {
    this.side = side;
  }

  /**
   * Writes strokes about the middle of the paper.
   *
   * @param row the row whose random numbers are used
   * @param path the path to fill; what it held is forgotten
   */
  void write(List<Stroke> strokes, RandomStreams streams, long row, PenPath path) {
    takePose(streams, row);
    streams.normal(SITE, POINTS, row, jitter, 0, jitter.length);
    streams.normal(SITE, LATTICE, row, lattice, 0, lattice.length);
    path.clear();
    int first = 0;
    for (Stroke stroke : strokes) {
      for (int i = 0; i < stroke.size(); i++) {
        putDown(i, stroke.x()[i] - 0.5, stroke.y()[i] - 0.5, 3 * (first + i));
      }
      follow(stroke, path);
      first += stroke.size();
    }
  }

  private void takePose(RandomStreams streams, long row) {
    streams.uniform(SITE, POSE, row, uniform, 0, uniform.length);
    streams.normal(SITE, POSE, ~row, normal, 0, normal.length);
    height = side * (HEIGHT + HEIGHT_RANGE * uniform[0]);
    width = WIDTH + WIDTH_RANGE * uniform[1];
    pen = PEN + PEN_RANGE * uniform[2];
    slant = SLANT + SLANT_DEVIATION * cut(normal[0]);
    double turn = TURN_DEVIATION * cut(normal[1]);
    cosine = StrictMath.cos(turn);
    sine = StrictMath.sin(turn);
  }

  /** Finds the place on the paper of a control point given in heights from the digit's middle. */
  private void putDown(int i, double fromMiddle, double down, int draw) {
    double v = down + JITTER * cut(jitter[draw]);
    double u = width * fromMiddle + JITTER * cut(jitter[draw + 1]) - slant * v;
    double right = side / 2.0 + height * (cosine * u - sine * v);
    double below = side / 2.0 + height * (sine * u + cosine * v);
    field.at(right / side, below / side, displacement);
    x[i] = right + ELASTIC * displacement[0];
    y[i] = below + ELASTIC * displacement[1];
    radius[i] = pen * (1 + PRESSURE * cut(jitter[draw + 2]));
  }

  private static double cut(double normal) {
    return Math.min(Math.max(normal, -CUT), CUT);
  }

  /** Leads the pen through the control points; at a corner both sides end as if alone. */
  private void follow(Stroke stroke, PenPath path) {
    path.moveTo(x[0], y[0], radius[0], false);
    for (int i = 0; i + 1 < stroke.size(); i++) {
      int before = i == 0 || stroke.corner()[i] ? i : i - 1;
      int after = i + 2 == stroke.size() || stroke.corner()[i + 1] ? i + 1 : i + 2;
      for (int piece = 1; piece <= PIECES; piece++) {
        double t = piece / (double) PIECES;
        path.moveTo(
            spline(x[before], x[i], x[i + 1], x[after], t),
            spline(y[before], y[i], y[i + 1], y[after], t),
            radius[i] + t * (radius[i + 1] - radius[i]),
            true);
      }
    }
  }

  /** The Catmull-Rom spline from b to c, whose neighbours are a and d, at t in [0, 1]. */
  private static double spline(double a, double b, double c, double d, double t) {
    double slope = c - a;
    double square = 2 * a - 5 * b + 4 * c - d;
    double cube = 3 * (b - c) + d - a;
    return b + t * (slope + t * (square + t * cube)) / 2;
  }
}
