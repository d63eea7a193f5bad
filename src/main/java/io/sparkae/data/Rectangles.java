package io.sparkae.data;

import io.sparkae.core.random.RandomStreams;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rectangles of Larochelle et al. 2007 ("An empirical evaluation of deep architectures on
 * problems with many factors of variation"): 28 × 28 pixels, 0 but for the one-pixel outline of a
 * rectangle, which is 1; the label is 1 if the rectangle is taller than wide and 0 if it is wider.
 *
 * <p>As in the published set, the pair (height, width) is uniform over those with sides of 4 to 28
 * pixels that differ by at least 3, and the place is uniform over those where the rectangle fits. A
 * row is a function of the seed and of its index alone.
 */
public final class Rectangles implements GeneratedSet {
  /** Pixels along each side of an image. */
  public static final int IMAGE_SIDE = 28;

  /** Pixels of an image. */
  public static final int PIXELS = IMAGE_SIDE * IMAGE_SIDE;

  /** Least height and width of a rectangle in pixels. */
  public static final int MIN_SIDE = 4;

  /** Least difference of height and width in pixels. */
  public static final int MIN_DIFFERENCE = 3;

  /** A site that neither the trainer nor an objective uses. */
  private static final int SITE = -1;

  /** What the labels of all sets of rectangles mean. */
  static final List<String> LABELS = List.of("wide", "tall");

  private static final List<Sides> SIDES = sides(MIN_SIDE, MIN_DIFFERENCE, 0, PIXELS);

  private final RandomStreams streams;
  private final float[] draws = new float[3];

  /**
   * The endless set of a seed; not safe for use by several threads at once.
   *
   * @param seed what every row is keyed by, beside its place
   */
  public Rectangles(long seed) {
    this.streams = new RandomStreams(seed);
  }

  @Override
  public String name() {
    return SetKind.RECT.label();
  }

  @Override
  public ImageShape image() {
    return new ImageShape(IMAGE_SIDE, IMAGE_SIDE, 1);
  }

  @Override
  public List<String> labels() {
    return LABELS;
  }

  @Override
  public int draw(long row, double[] pixels) {
    if (pixels.length != PIXELS) {
      throw new IllegalArgumentException(
          "an image has " + PIXELS + " pixels, not " + pixels.length);
    }
    streams.uniform(SITE, 0, row, draws, 0, draws.length);
    Place place = place(SIDES, draws);
    int height = place.sides().height();
    int width = place.sides().width();
    int top = place.top();
    int left = place.left();
    Arrays.fill(pixels, 0);
    for (int x = left; x < left + width; x++) {
      pixels[top * IMAGE_SIDE + x] = 1;
      pixels[(top + height - 1) * IMAGE_SIDE + x] = 1;
    }
    for (int y = top; y < top + height; y++) {
      pixels[y * IMAGE_SIDE + left] = 1;
      pixels[y * IMAGE_SIDE + left + width - 1] = 1;
    }
    return place.sides().label();
  }

  /**
   * Sides of a rectangle in pixels.
   *
   * @param height from top to bottom
   * @param width from left to right
   */
  record Sides(int height, int width) {
    /** 1 if the rectangle is taller than wide, else 0. */
    int label() {
      return height > width ? 1 : 0;
    }
  }

  /**
   * A rectangle in the picture.
   *
   * @param sides its sides
   * @param top its first row of pixels
   * @param left its first column of pixels
   */
  record Place(Sides sides, int top, int left) {}

  /** Any of the sides at any place where they fit, from three draws in [0, 1). */
  static Place place(List<Sides> allowed, float[] draws) {
    Sides sides = allowed.get(RandomStreams.below(allowed.size(), draws[0]));
    return new Place(
        sides,
        RandomStreams.below(IMAGE_SIDE - sides.height() + 1, draws[1]),
        RandomStreams.below(IMAGE_SIDE - sides.width() + 1, draws[2]));
  }

  /**
   * All sides that are allowed.
   *
   * @param least least height and width
   * @param difference least difference of the two
   * @param leastArea least number of pixels, border and inside
   * @param mostArea largest number of pixels
   */
  static List<Sides> sides(int least, int difference, int leastArea, int mostArea) {
    List<Sides> sides = new ArrayList<>();
    for (int height = least; height <= IMAGE_SIDE; height++) {
      for (int width = least; width <= IMAGE_SIDE; width++) {
        int area = height * width;
        if (Math.abs(height - width) >= difference && area >= leastArea && area <= mostArea) {
          sides.add(new Sides(height, width));
        }
      }
    }
    return List.copyOf(sides);
  }
}
