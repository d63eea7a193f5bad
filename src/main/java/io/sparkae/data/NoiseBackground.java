package io.sparkae.data;

import io.sparkae.core.random.RandomStreams;

/** Pixels that are uniform in [0, 1) and independent. */
final class NoiseBackground implements Background {
  /** A site that nothing else uses. */
  private static final int SITE = -5;

  private final RandomStreams streams;
  private final float[] draws = new float[DigitRows.PIXELS];

  NoiseBackground(long seed) {
    this.streams = new RandomStreams(seed);
  }

  @Override
  public void draw(long row, double[] pixels) {
    streams.uniform(SITE, 0, row, draws, 0, draws.length);
    for (int i = 0; i < draws.length; i++) {
      pixels[i] = draws[i];
    }
  }
}
