package io.sparkae.core.linalg;

/**
 * Numbers of 16 bits as the "brain floating point" format has them: the upper half of a float, so
 * the same range and 8 significant bits.
 */
public final class BFloat16 {
  private static final int HALF = Short.SIZE;
  private static final int UPPER = -1 << HALF;

  /** What keeps a NaN one when its lower half is gone. */
  private static final int QUIET = 1 << 22;

  private BFloat16() {}

  /**
   * {@return the nearest number of the format, of two as near that whose last bit is 0; infinite if
   * there is none of that size; NaN of NaN}
   *
   * @param value any
   */
  public static float nearest(float value) {
    int bits = Float.floatToRawIntBits(value);
    int evenUp = bits + 0x7fff + (bits >>> HALF & 1);
    int rounded = Float.isNaN(value) ? bits | QUIET : evenUp;
    return Float.intBitsToFloat(rounded & UPPER);
  }

  /**
   * Rounds each value to the nearest number of the format.
   *
   * @param values changed
   * @param from index of the first
   * @param to index behind the last
   */
  public static void roundToNearest(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = nearest(values[i]);
    }
  }

  /**
   * {@return the nearest number of the format that is no further from 0; NaN of NaN}
   *
   * @param value any
   */
  public static float towardZero(float value) {
    int bits = Float.floatToRawIntBits(value);
    int kept = Float.isNaN(value) ? bits | QUIET : bits;
    return Float.intBitsToFloat(kept & UPPER);
  }

  /**
   * {@return the bits of a number of the format}
   *
   * @param value one that has no others: what is beyond the upper half is cut off
   */
  public static short bits(float value) {
    return (short) (Float.floatToRawIntBits(value) >>> HALF);
  }

  /**
   * {@return the number that has those bits}
   *
   * @param bits of a number of the format
   */
  public static float ofBits(short bits) {
    return Float.intBitsToFloat(bits << HALF);
  }
}
