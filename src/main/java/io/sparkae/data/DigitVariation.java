package io.sparkae.data;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The variations of MNIST of Larochelle et al. 2007 ("An empirical evaluation of deep architectures
 * on problems with many factors of variation"), section 3.1: a digit, turned by an angle that is
 * uniform in [0, 2π) or not, on a background or not. Of digit and background each pixel shows the
 * lighter, so that the light strokes stay as they are.
 */
final class DigitVariation implements GeneratedSet {
  /** A site that nothing else uses. */
  private static final int ANGLE = -4;

  private final String name;
  private final DigitRows digits;
  private final boolean turned;
  private final Background background;
  private final RandomStreams streams;
  private final float[] draw = new float[1];
  private final double[] scratch = new double[DigitRows.PIXELS];

  /**
   * A variation of a range of digits, whose rows alone it draws.
   *
   * @param turned whether digits are turned
   */
  DigitVariation(String name, long seed, DigitRows digits, boolean turned, Background background) {
    this.name = name;
    this.digits = digits;
    this.turned = turned;
    this.background = background;
    this.streams = new RandomStreams(seed);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape image() {
    return new ImageShape(DigitRows.SIDE, DigitRows.SIDE, 1);
  }

  @Override
  public List<String> labels() {
    return IntStream.range(0, DigitRows.CLASSES).mapToObj(String::valueOf).toList();
  }

  @Override
  public int draw(long row, double[] pixels) {
    Check.that(
        pixels.length == DigitRows.PIXELS,
        "pixels of an image",
        DigitRows.PIXELS + "",
        pixels.length);
    int label = digits.copy(row, turned ? scratch : pixels);
    if (turned) {
      Rotation.turn(scratch, pixels, DigitRows.SIDE, angle(row));
    }
    background.draw(row, scratch);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.max(pixels[i], scratch[i]);
    }
    return label;
  }

  /** The angle of a row, in radians. */
  double angle(long row) {
    streams.uniform(ANGLE, 0, row, draw, 0, 1);
    return 2 * Math.PI * draw[0];
  }
}
