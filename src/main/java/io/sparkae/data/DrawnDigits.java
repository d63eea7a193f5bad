package io.sparkae.data;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;
import io.sparkae.data.DigitShapes.Stroke;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Digits 0 to 9 as if written by hand: 28 × 28 pixels, light strokes on dark paper in 256 grey
 * levels from 0 to 1. Each is written in one of several ways, with random places of its points,
 * width, slant, turn, size, thickness and pressure of the pen, brightness, place on the paper and a
 * smooth elastic distortion.
 *
 * <p>The digits are equally likely. The same bits come out on every machine.
 */
public final class DrawnDigits implements GeneratedSet {
  /** Pixels along each side of a picture. */
  public static final int IMAGE_SIDE = 28;

  /** Pixels of a picture. */
  public static final int PIXELS = IMAGE_SIDE * IMAGE_SIDE;

  private static final int DIGITS = 10;

  /** Brightness of the faintest ink; the strongest has 1. */
  private static final double FAINTEST = 0.9;

  /** Furthest place of the digit's middle from the paper's in pixels, along each axis. */
  private static final double SHIFT = 0.9;

  private static final int TOP_LEVEL = 255;

  private final RandomStreams streams;
  private final Hand hand = new Hand(IMAGE_SIDE);
  private final PenPath path = new PenPath();
  private final float[] draws = new float[5];

  /**
   * The endless set of a seed; not safe for use by several threads at once.
   *
   * @param seed what every row is keyed by, beside its place
   */
  public DrawnDigits(long seed) {
    this.streams = new RandomStreams(seed);
  }

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public ImageShape image() {
    return new ImageShape(IMAGE_SIDE, IMAGE_SIDE, 1);
  }

  @Override
  public List<String> labels() {
    return IntStream.range(0, DIGITS).mapToObj(String::valueOf).toList();
  }

  @Override
  public int draw(long row, double[] pixels) {
    Check.that(pixels.length == PIXELS, "pixels of an image", PIXELS + "", pixels.length);
    streams.uniform(Hand.SITE, Hand.CHOICES, row, draws, 0, draws.length);
    int digit = (int) (DIGITS * (double) draws[0]);
    List<List<Stroke>> ways = DigitShapes.of(digit);
    List<Stroke> strokes = ways.get((int) (ways.size() * (double) draws[1]));
    hand.write(strokes, streams, row, path);
    path.place(shifted(draws[2]), shifted(draws[3]), IMAGE_SIDE);
    Arrays.fill(pixels, 0);
    path.draw(pixels, IMAGE_SIDE);
    double strongest = TOP_LEVEL * (FAINTEST + (1 - FAINTEST) * draws[4]);
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = (int) (strongest * pixels[i] + 0.5) / (double) TOP_LEVEL;
    }
    return digit;
  }

  private static double shifted(float draw) {
    return IMAGE_SIDE / 2.0 + SHIFT * (2 * draw - 1);
  }
}
