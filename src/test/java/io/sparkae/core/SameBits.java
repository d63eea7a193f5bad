package io.sparkae.core;

import java.util.Arrays;

/** Compares arrays to the bit, fast, and names the first element that differs. */
public final class SameBits {
  private SameBits() {}

  /** Fails unless both arrays hold the same bits. */
  public static void assertSameBits(String what, float[] actual, float[] expected) {
    int at = Arrays.mismatch(actual, expected);
    if (at >= 0) {
      throw new AssertionError(
          at < Math.min(actual.length, expected.length)
              ? what + ": element " + at + " is " + actual[at] + ", not " + expected[at]
              : what + ": " + actual.length + " elements, not " + expected.length);
    }
  }
}
