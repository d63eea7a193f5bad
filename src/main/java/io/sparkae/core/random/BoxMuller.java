package io.sparkae.core.random;

/**
 * Pairs of standard normal numbers from pairs of uniform ones: √(−2 ln u)·cos 2πt and √(−2 ln
 * u)·sin 2πt, u in (0, 1] and t in [0, 1). Source: Box and Muller 1958.
 *
 * <p>The loops hold only operations that are exact by definition, which the JIT compiler vectorises
 * for the most part: the same bits interpreted and compiled, on every machine. Logarithm, sine and
 * cosine are their power series, to within 10⁻¹⁵; the numbers are those of {@link StrictMath} but
 * for one float in a hundred million that rounds the other way, several times sooner.
 */
final class BoxMuller {
  /** The most pairs at a time. */
  static final int PAIRS = 128;

  private static final double LN2 = 0.693147180559945309;
  private static final double HALF_PI = 1.57079632679489662;
  private static final double UNIT = 0x1p-24;

  /** Adding and subtracting 1.5·2⁵² rounds a small number to the nearest whole one. */
  private static final double ROUNDER = 0x1.8p52;

  private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  private static final long MANTISSA = 0x000fffffffffffffL;

  private final double[] exponents = new double[PAIRS];
  private final double[] mantissas = new double[PAIRS];
  private final double[] turns = new double[PAIRS];
  private final float[] firsts = new float[PAIRS];
  private final float[] seconds = new float[PAIRS];

  /**
   * Takes the random words of a pair, of which it uses the high 24 bits.
   *
   * @param pair which one, from 0
   * @param forRadius gives u = (1 + bits)·2⁻²⁴
   * @param forAngle gives t = bits·2⁻²⁴
   */
  void set(int pair, int forRadius, int forAngle) {
    long bits = Double.doubleToRawLongBits(((forRadius >>> 8) + 1) * UNIT) - SQRT_HALF_BITS;
    exponents[pair] = (int) (bits >> 52);
    mantissas[pair] = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF_BITS);
    turns[pair] = (forAngle >>> 8) * UNIT;
  }

  /** Makes the normal numbers of the first pairs that were set. */
  void compute(int pairs) {
    for (int i = 0; i < pairs; i++) {
      mantissas[i] = Math.sqrt(-2 * logarithm(exponents[i], mantissas[i]));
    }
    for (int i = 0; i < pairs; i++) {
      double quarters = 4 * turns[i];
      double q = quarters + ROUNDER - ROUNDER; // 0, 1, 2, 3 or 4
      double a = (quarters - q) * HALF_PI; // 2πt = a + qπ/2, |a| ≤ π/4
      double sin = sine(a);
      double cos = cosine(a);
      double cosQ = Math.abs(q - 2) - 1; // cos qπ/2
      double sinQ = Math.min(Math.abs(q - 3) - 1, q); // sin qπ/2
      firsts[i] = (float) (mantissas[i] * (cos * cosQ - sin * sinQ));
      seconds[i] = (float) (mantissas[i] * (sin * cosQ + cos * sinQ));
    }
  }

  /** ln(m·2ᵉ) = e ln 2 + 2 artanh s, s = (m − 1)/(m + 1), m from √½ to √2. */
  private static double logarithm(double e, double m) {
    double s = (m - 1) / (m + 1);
    double square = s * s;
    double p = Math.fma(1.0 / 21, square, 1.0 / 19);
    p = Math.fma(p, square, 1.0 / 17);
    p = Math.fma(p, square, 1.0 / 15);
    p = Math.fma(p, square, 1.0 / 13);
    p = Math.fma(p, square, 1.0 / 11);
    p = Math.fma(p, square, 1.0 / 9);
    p = Math.fma(p, square, 1.0 / 7);
    p = Math.fma(p, square, 1.0 / 5);
    p = Math.fma(p, square, 1.0 / 3);
    return Math.fma(e, LN2, Math.fma(2 * s * square, p, 2 * s));
  }

  /** sin a = a − a³/3! + a⁵/5! − …, |a| ≤ π/4. */
  private static double sine(double a) {
    double square = a * a;
    double p = Math.fma(-1 / 1307674368000.0, square, 1 / 6227020800.0);
    p = Math.fma(p, square, -1 / 39916800.0);
    p = Math.fma(p, square, 1 / 362880.0);
    p = Math.fma(p, square, -1 / 5040.0);
    p = Math.fma(p, square, 1 / 120.0);
    p = Math.fma(p, square, -1 / 6.0);
    return Math.fma(p, square * a, a);
  }

  /** cos a = 1 − a²/2! + a⁴/4! − …, |a| ≤ π/4. */
  private static double cosine(double a) {
    double square = a * a;
    double p = Math.fma(1 / 20922789888000.0, square, -1 / 87178291200.0);
    p = Math.fma(p, square, 1 / 479001600.0);
    p = Math.fma(p, square, -1 / 3628800.0);
    p = Math.fma(p, square, 1 / 40320.0);
    p = Math.fma(p, square, -1 / 720.0);
    p = Math.fma(p, square, 1 / 24.0);
    return Math.fma(p, square * square, Math.fma(-0.5, square, 1));
  }

  /** {@return the first number of a pair} */
  float first(int pair) {
    return firsts[pair];
  }

  /** {@return the second number of a pair} */
  float second(int pair) {
    return seconds[pair];
  }
}
