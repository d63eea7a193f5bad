package io.sparkae.core;

import java.util.Random;

/** The seed of the randomised tests: printed, and {@code -Dsparkae.test.seed=…} chooses another. */
public final class Seed {
  private static final long DEFAULT = 20_060_728;

  private Seed() {}

  /** The seed for a test, printed under its name. */
  public static long of(String test) {
    long seed = Long.getLong("sparkae.test.seed", DEFAULT);
    System.out.println(test + ": -Dsparkae.test.seed=" + seed);
    return seed;
  }

  /** A generator for a test, its seed printed. */
  public static Random random(String test) {
    return new Random(of(test));
  }
}
