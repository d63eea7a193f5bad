package io.sparkae.data;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.List;

/**
 * The rectangles of Larochelle et al. 2007 that are cut out of pictures: border and inside of the
 * rectangle show one patch of a picture, and all around it another; the label is 1 if the rectangle
 * is taller than wide and 0 if it is wider.
 *
 * <p>The pair (height, width) is uniform over those with sides of 10 to 28 pixels that differ by at
 * least 5 and cover from a quarter to three quarters of the picture, and the place is uniform over
 * those where the rectangle fits.
 */
final class RectangleImages implements GeneratedSet {
  /** Patches that a row needs. */
  static final int PATCHES = 2;

  private static final int SIDE = PicturePatches.SIDE;
  private static final int PIXELS = PicturePatches.PIXELS;

  /** A site that nothing else uses. */
  private static final int SITE = -7;

  private static final List<Rectangles.Sides> SIDES =
      Rectangles.sides(10, 5, PIXELS / 4, PIXELS * 3 / 4);

  private final RandomStreams streams;
  private final PicturePatches patches;
  private final float[] draws = new float[3];
  private final double[] inside = new double[PIXELS];

  /** The rows of a seed that there are patches of. */
  RectangleImages(long seed, PicturePatches patches) {
    this.streams = new RandomStreams(seed);
    this.patches = patches;
  }

  @Override
  public String name() {
    return "rect-img";
  }

  @Override
  public ImageShape image() {
    return new ImageShape(SIDE, SIDE, 1);
  }

  @Override
  public List<String> labels() {
    return Rectangles.LABELS;
  }

  @Override
  public int draw(long row, double[] pixels) {
    Check.that(pixels.length == PIXELS, "pixels of an image", PIXELS + "", pixels.length);
    streams.uniform(SITE, 0, row, draws, 0, draws.length);
    Rectangles.Place place = Rectangles.place(SIDES, draws);
    patches.copy(row, 0, pixels);
    patches.copy(row, 1, inside);
    for (int y = place.top(); y < place.top() + place.sides().height(); y++) {
      int from = y * SIDE + place.left();
      System.arraycopy(inside, from, pixels, from, place.sides().width());
    }
    return place.sides().label();
  }
}
