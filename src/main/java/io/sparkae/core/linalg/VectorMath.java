package io.sparkae.core.linalg;

/**
 * Sums, multiples and inner products of runs of floats, in loops that the JIT compiler vectorises:
 * all arrays of a call share one index (see {@link Elementary}). Allocates nothing.
 */
public final class VectorMath {
  private VectorMath() {}

  /**
   * {@return whether there is no infinity and no NaN}
   *
   * @param values looked through
   */
  public static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return whether there is no infinity and no NaN}
   *
   * @param values looked through
   */
  public static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * target = target + source.
   *
   * @param target changed
   * @param source added to it
   * @param offset index of the first element of both
   * @param length elements
   */
  public static void addInPlace(float[] target, float[] source, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target[i] += source[i];
    }
  }

  /**
   * target = target + source, in double.
   *
   * @param target changed
   * @param source added to the target
   * @param offset index of the first element of both
   * @param length elements
   */
  public static void addInPlace(double[] target, float[] source, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target[i] += source[i];
    }
  }

  /**
   * target = target + factor·source.
   *
   * @param target changed
   * @param factor factor on the source
   * @param source added to the target
   * @param offset index of the first element of both
   * @param length elements
   */
  public static void addScaledInPlace(
      float[] target, float factor, float[] source, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target[i] = Math.fma(factor, source[i], target[i]);
    }
  }

  /**
   * target = target + factor·source in double, each product rounded before it is added.
   *
   * @param target changed, from its first element to its last
   * @param factor factor on the source
   * @param source added to the target
   * @param sourceOffset index of its first element
   */
  public static void addScaledInPlace(
      double[] target, double factor, float[] source, int sourceOffset) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * source[sourceOffset + i];
    }
  }

  /**
   * values = factor·values.
   *
   * @param values changed
   * @param offset index of the first element
   * @param length elements
   * @param factor factor on each element
   */
  public static void scaleInPlace(float[] values, int offset, int length, float factor) {
    for (int i = offset; i < offset + length; i++) {
      values[i] *= factor;
    }
  }

  /**
   * target = factor·source.
   *
   * @param target written
   * @param factor factor on the source
   * @param source read
   * @param offset index of the first element of both
   * @param length elements
   */
  public static void scaleInto(
      float[] target, float factor, float[] source, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target[i] = factor * source[i];
    }
  }

  /**
   * target = a − b.
   *
   * @param target written
   * @param a minuend
   * @param b subtrahend
   * @param offset index of the first element of all three
   * @param length elements
   */
  public static void subtractInto(float[] target, float[] a, float[] b, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target[i] = a[i] - b[i];
    }
  }

  /**
   * Σ values, in double.
   *
   * @param values summands
   * @param offset index of the first element
   * @param length elements
   * @return the sum, added in an order that depends on {@code length} alone
   */
  public static double sum(float[] values, int offset, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int end = offset + length;
    int i = offset;
    for (; i + 3 < end; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < end; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }

  /**
   * Σ |values|, in double.
   *
   * @param values summands
   * @param offset index of the first element
   * @param length elements
   * @return the sum, added in an order that depends on {@code length} alone
   */
  public static double sumOfMagnitudes(float[] values, int offset, int length) {
    double even = 0;
    double odd = 0;
    int end = offset + length;
    int i = offset;
    for (; i + 1 < end; i += 2) {
      even += Math.abs(values[i]);
      odd += Math.abs(values[i + 1]);
    }
    if (i < end) {
      even += Math.abs(values[i]);
    }
    return even + odd;
  }

  /**
   * Σ a·b, products and sum in double.
   *
   * @param a left factors
   * @param b right factors
   * @param offset index of the first element of both
   * @param length elements
   * @return the sum, added in an order that depends on {@code length} alone
   */
  public static double dot(float[] a, float[] b, int offset, int length) {
    double even = 0;
    double odd = 0;
    int end = offset + length;
    int i = offset;
    for (; i + 1 < end; i += 2) {
      even += (double) a[i] * b[i];
      odd += (double) a[i + 1] * b[i + 1];
    }
    if (i < end) {
      even += (double) a[i] * b[i];
    }
    return even + odd;
  }
}
