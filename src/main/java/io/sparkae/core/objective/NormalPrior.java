package io.sparkae.core.objective;

import io.sparkae.core.random.RandomStreams;

/** The prior N(0, I) over codes. */
public final class NormalPrior {
  private NormalPrior() {}

  /**
   * Draws a code.
   *
   * @param random streams of the sample's seed
   * @param index number of the code: the same number, the same code
   * @param code takes the numbers
   */
  public static void draw(RandomStreams random, long index, float[] code) {
    random.normal(Sites.PRIOR, 0, index, code, 0, code.length);
  }
}
