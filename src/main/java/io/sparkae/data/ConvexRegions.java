package io.sparkae.data;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.List;

/**
 * Convex and other regions, as in Larochelle et al. 2007 ("An empirical evaluation of deep
 * architectures on problems with many factors of variation"): 28 × 28 pixels, 1 in the region and 0
 * elsewhere; the label is 1 if the region is convex.
 *
 * <p>A convex region is what random half-planes with a point in common share; any other is the
 * union of several of these, each about a pixel of those before it. Regions are of one piece.
 * Convex means that every pixel whose centre lies in the convex hull of the region's centres
 * belongs to the region; at the others at least {@value #LEAST_DENT} pixels of the hull are
 * missing. Labels are equally likely, and the number of pixels is spread alike in both classes:
 * near a number that is uniform from {@value #LEAST_PIXELS} to {@value #MOST_PIXELS}.
 */
public final class ConvexRegions implements GeneratedSet {
  /** Pixels along each side of a picture. */
  public static final int IMAGE_SIDE = 28;

  /** Pixels of a picture. */
  public static final int PIXELS = IMAGE_SIDE * IMAGE_SIDE;

  /** Least number of pixels that a region is wanted to have. */
  public static final int LEAST_PIXELS = 50;

  /** Largest number of pixels that a region is wanted to have. */
  public static final int MOST_PIXELS = 400;

  /** A region may differ from the wanted number of pixels by this part of it. */
  public static final double TOLERANCE = 0.15;

  /** Least number of pixels that a region which is not convex lacks of its hull. */
  public static final int LEAST_DENT = 12;

  /** A site that nothing else uses. */
  private static final int SITE = -2;

  private static final int LEAST_HALF_PLANES = 3;
  private static final int MOST_HALF_PLANES = 8;
  private static final int MOST_PIECES = 4;

  /** Draws of a piece: its point, its number of half-planes, and three for each of these. */
  private static final int PIECE_DRAWS = 3 + 3 * MOST_HALF_PLANES;

  private final RandomStreams streams;
  private final float[] choices = new float[2];
  private final float[] draws = new float[PIECE_DRAWS];
  private final double[] normalX = new double[MOST_HALF_PLANES];
  private final double[] normalY = new double[MOST_HALF_PLANES];
  private final double[] least = new double[MOST_HALF_PLANES];

  /**
   * The endless set of a seed; not safe for use by several threads at once.
   *
   * @param seed what every row is keyed by, beside its place
   */
  public ConvexRegions(long seed) {
    this.streams = new RandomStreams(seed);
  }

  @Override
  public String name() {
    return "convex";
  }

  @Override
  public ImageShape image() {
    return new ImageShape(IMAGE_SIDE, IMAGE_SIDE, 1);
  }

  @Override
  public List<String> labels() {
    return List.of("not convex", "convex");
  }

  @Override
  public int draw(long row, double[] pixels) {
    Check.that(pixels.length == PIXELS, "pixels of an image", PIXELS + "", pixels.length);
    streams.uniform(SITE, 0, row, choices, 0, choices.length);
    boolean convex = choices[0] < 0.5f;
    int wanted = LEAST_PIXELS + RandomStreams.below(MOST_PIXELS - LEAST_PIXELS + 1, choices[1]);
    PixelRegion region = new PixelRegion(IMAGE_SIDE);
    int attempt = 0;
    do {
      attempt++;
      region.clear();
      int pieces = addPiece(row, attempt, 0, region);
      for (int piece = 1; !convex && piece < pieces; piece++) {
        addPiece(row, attempt, piece, region);
      }
    } while (Math.abs(region.size() - wanted) > TOLERANCE * wanted
        || !region.isOnePiece()
        || !convex && region.missingOfHull() < LEAST_DENT);
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = region.has(i % IMAGE_SIDE, i / IMAGE_SIDE) ? 1 : 0;
    }
    return convex ? 1 : 0;
  }

  /**
   * Adds the pixels that random half-planes about a point share.
   *
   * @return how many pieces a union that begins with this one has, at least 2
   */
  private int addPiece(long row, int attempt, int piece, PixelRegion region) {
    streams.uniform(SITE, (long) attempt * MOST_PIECES + piece, row, draws, 0, draws.length);
    double pointX = IMAGE_SIDE * (double) draws[0];
    double pointY = IMAGE_SIDE * (double) draws[1];
    if (piece > 0) {
      int pixel = region.pixel(RandomStreams.below(region.size(), draws[0]));
      pointX = pixel % IMAGE_SIDE + 0.5;
      pointY = pixel / IMAGE_SIDE + 0.5;
    }
    int halfPlanes =
        LEAST_HALF_PLANES + RandomStreams.below(MOST_HALF_PLANES - LEAST_HALF_PLANES + 1, draws[2]);
    for (int i = 0; i < halfPlanes; i++) {
      takeHalfPlane(i, pointX, pointY, 3 + 3 * i);
    }
    for (int y = 0; y < IMAGE_SIDE; y++) {
      addRow(y, halfPlanes, region);
    }
    return 2 + RandomStreams.below(MOST_PIECES - 1, draws[1]);
  }

  /** The side with the point of a line of any direction through any place of the picture. */
  private void takeHalfPlane(int i, double pointX, double pointY, int draw) {
    double angle = 2 * Math.PI * draws[draw];
    double cosine = StrictMath.cos(angle); // never 0: no float times π is a right angle to the bit
    double sine = StrictMath.sin(angle);
    double offset = cosine * IMAGE_SIDE * draws[draw + 1] + sine * IMAGE_SIDE * draws[draw + 2];
    double sign = cosine * pointX + sine * pointY < offset ? -1 : 1;
    normalX[i] = sign * cosine;
    normalY[i] = sign * sine;
    least[i] = sign * offset;
  }

  /** Adds the pixels of a row whose centres lie in all half-planes. */
  private void addRow(int y, int halfPlanes, PixelRegion region) {
    double left = 0;
    double right = IMAGE_SIDE;
    for (int i = 0; i < halfPlanes; i++) {
      double border = (least[i] - normalY[i] * (y + 0.5)) / normalX[i];
      if (normalX[i] > 0) {
        left = Math.max(left, border);
      } else {
        right = Math.min(right, border);
      }
    }
    region.addRun(y, (int) Math.ceil(left - 0.5), (int) Math.floor(right - 0.5));
  }
}
