package io.sparkae.core.linalg;

/**
 * Elementary functions over runs of floats, written so that the JIT compiler vectorises them.
 *
 * <p>Every method works on {@code length} elements from {@code offset} and allocates nothing. The
 * loops hold only operations that are exact by definition ({@code Math.fma}, additions, bit moves),
 * so interpreted and compiled code give the same bits. Polynomials: Cephes (Moshier) {@code expf},
 * {@code logf}.
 *
 * <p>Exponentials run in chunks of three passes: Java 17 vectorises neither moves between float and
 * integer registers nor long loop bodies, and one unvectorised statement makes its whole loop scalar.
 */
public final class VectorMath {
  private static final float LOG2_E = 1.44269504088896341f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding and subtracting 1.5·2²³ rounds a small float to the nearest whole number. */
  private static final float ROUNDER = 12582912f;

  private static final float EXP_LOWEST = -87f;
  private static final float EXP_HIGHEST = 88f;

  /** Large enough to saturate the sign of every normal float, as a factor. */
  private static final float SIGN_GAIN = 0x1p126f;

  private static final int ONE_BITS = 0x3f800000;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;

  private static final int CHUNK = 512;

  /** Room for one chunk of what the passes hand to each other. */
  private static final class Scratch {
    final float[] argument = new float[CHUNK];
    final float[] tail = new float[CHUNK];
    final float[] scale = new float[CHUNK];
  }

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private VectorMath() {}

  /**
   * Splits exp(argument) into scale·(1 + tail): scale = 2ⁿ, tail = exp(r) − 1, |r| ≤ ln 2 / 2;
   * arguments are clamped to [−87, 88], where neither leaves the range of normal floats.
   */
  private static void split(Scratch scratch, int length) {
    float[] argument = scratch.argument;
    float[] tail = scratch.tail;
    float[] scale = scratch.scale;
    for (int i = 0; i < length; i++) {
      float x = Math.min(Math.max(argument[i], EXP_LOWEST), EXP_HIGHEST);
      float rounded = Math.fma(x, LOG2_E, ROUNDER);
      scale[i] = rounded;
      float wholes = rounded - ROUNDER;
      float r = Math.fma(-wholes, LN2_LOW, Math.fma(-wholes, LN2_HIGH, x));
      float p = Math.fma(1.9875691500E-4f, r, 1.3981999507E-3f);
      p = Math.fma(p, r, 8.3334519073E-3f);
      p = Math.fma(p, r, 4.1665795894E-2f);
      p = Math.fma(p, r, 1.6666665459E-1f);
      p = Math.fma(p, r, 5.0000001201E-1f);
      tail[i] = Math.fma(p, r * r, r);
    }
    for (int i = 0; i < length; i++) {
      scale[i] = Float.intBitsToFloat(ONE_BITS + (Float.floatToRawIntBits(scale[i]) << 23));
    }
  }

  /** values = exp(values), arguments clamped to [−87, 88]. */
  public static void expInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(values, from, scratch.argument, 0, n);
      split(scratch, n);
      for (int i = 0; i < n; i++) {
        values[from + i] = Math.fma(scratch.scale[i], scratch.tail[i], scratch.scale[i]);
      }
    }
  }

  /** values = 1 / (1 + exp(−values)). */
  public static void sigmoidInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int n = Math.min(CHUNK, length - start);
      for (int i = 0; i < n; i++) {
        scratch.argument[i] = -values[from + i];
      }
      split(scratch, n);
      for (int i = 0; i < n; i++) {
        float e = Math.fma(scratch.scale[i], scratch.tail[i], scratch.scale[i]);
        values[from + i] = 1f / (1f + e);
      }
    }
  }

  /** values = tanh(values). */
  public static void tanhInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int n = Math.min(CHUNK, length - start);
      for (int i = 0; i < n; i++) {
        scratch.argument[i] = -2f * Math.abs(values[from + i]);
      }
      split(scratch, n);
      for (int i = 0; i < n; i++) {
        values[from + i] = Math.min(Math.max(values[from + i] * SIGN_GAIN, -1f), 1f);
      }
      for (int i = 0; i < n; i++) { // tanh|x| = −e / (2 + e) with e = exp(−2|x|) − 1
        float e = Math.fma(scratch.scale[i], scratch.tail[i], scratch.scale[i] - 1f);
        values[from + i] *= -e / (2f + e);
      }
    }
  }

  /** values = values where positive, exp(values) − 1 elsewhere. */
  public static void eluInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int n = Math.min(CHUNK, length - start);
      for (int i = 0; i < n; i++) {
        scratch.argument[i] = Math.min(values[from + i], 0f);
      }
      split(scratch, n);
      for (int i = 0; i < n; i++) {
        float lack = Math.fma(scratch.scale[i], scratch.tail[i], scratch.scale[i] - 1f);
        values[from + i] = Math.max(values[from + i], 0f) + lack;
      }
    }
  }

  /** delta = delta·(1 − exp(−y)), y a softplus' value. */
  public static void softplusBackward(float[] y, float[] delta, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int n = Math.min(CHUNK, length - start);
      for (int i = 0; i < n; i++) {
        scratch.argument[i] = -y[from + i];
      }
      split(scratch, n);
      for (int i = 0; i < n; i++) {
        delta[from + i] *= -Math.fma(scratch.scale[i], scratch.tail[i], scratch.scale[i] - 1f);
      }
    }
  }

  /** values = log(1 + exp(values)). */
  public static void softplusInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int n = Math.min(CHUNK, length - start);
      softplusTail(scratch, values, from, n);
      for (int i = 0; i < n; i++) {
        values[from + i] = Math.max(values[from + i], 0f) + scratch.tail[i];
      }
    }
  }

  /** scratch.scale = exp(−|x|), scratch.tail = log(1 + exp(−|x|)). */
  private static void softplusTail(Scratch scratch, float[] x, int from, int n) {
    float[] argument = scratch.argument;
    float[] tail = scratch.tail;
    float[] scale = scratch.scale;
    for (int i = 0; i < n; i++) {
      argument[i] = -Math.abs(x[from + i]);
    }
    split(scratch, n);
    for (int i = 0; i < n; i++) {
      scale[i] = Math.fma(scale[i], tail[i], scale[i]);
    }
    for (int i = 0; i < n; i++) {
      float s = scale[i] / (2f + scale[i]); // log(1 + u) = 2 artanh(u / (2 + u))
      float square = s * s;
      float p = Math.fma(1f / 15f, square, 1f / 13f);
      p = Math.fma(p, square, 1f / 11f);
      p = Math.fma(p, square, 1f / 9f);
      p = Math.fma(p, square, 1f / 7f);
      p = Math.fma(p, square, 1f / 5f);
      p = Math.fma(p, square, 1f / 3f);
      tail[i] = Math.fma(s + s, p * square, s + s);
    }
  }

  /** values = log(values), for positive normal numbers. */
  public static void logInPlace(float[] values, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      int shifted = Float.floatToRawIntBits(values[i]) - SQRT_HALF_BITS;
      float exponent = (float) (shifted >> 23);
      float m = Float.intBitsToFloat((shifted & 0x007fffff) + SQRT_HALF_BITS) - 1f;
      float p = Math.fma(7.0376836292E-2f, m, -1.1514610310E-1f);
      p = Math.fma(p, m, 1.1676998740E-1f);
      p = Math.fma(p, m, -1.2420140846E-1f);
      p = Math.fma(p, m, 1.4249322787E-1f);
      p = Math.fma(p, m, -1.6668057665E-1f);
      p = Math.fma(p, m, 2.0000714765E-1f);
      p = Math.fma(p, m, -2.4999993993E-1f);
      p = Math.fma(p, m, 3.3333331174E-1f);
      float square = m * m;
      float tail = Math.fma(exponent, LN2_LOW, p * m * square);
      values[i] = Math.fma(exponent, LN2_HIGH, Math.fma(-0.5f, square, tail) + m);
    }
  }

  /** values = max(values, 0). */
  public static void reluInPlace(float[] values, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  /** values = max(values, slope·values), for a slope in (0, 1). */
  public static void leakyReluInPlace(float[] values, int offset, int length, float slope) {
    for (int i = offset; i < offset + length; i++) {
      values[i] = Math.max(values[i], slope * values[i]);
    }
  }

  /** delta = delta·y·(1 − y), y a sigmoid's value. */
  public static void sigmoidBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= y[i] * (1f - y[i]);
    }
  }

  /** delta = delta·(1 − y²), y a hyperbolic tangent's value. */
  public static void tanhBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= 1f - y[i] * y[i];
    }
  }

  /** delta = delta where y is positive, 0 elsewhere, y a rectifier's value. */
  public static void reluBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      // Positive floats have positive bits: their negation has the sign bit set.
      int keep = -Math.max(Float.floatToRawIntBits(y[i]), 0) >> 31;
      delta[i] = Float.intBitsToFloat(Float.floatToRawIntBits(delta[i]) & keep);
    }
  }

  /** delta = delta where y is positive, slope·delta elsewhere, y a leaky rectifier's value. */
  public static void leakyReluBackward(
      float[] y, float[] delta, int offset, int length, float slope) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= y[i] > 0f ? 1f : slope;
    }
  }

  /** delta = delta where y is positive, delta·(y + 1) elsewhere, y an exponential unit's value. */
  public static void eluBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= Math.min(y[i], 0f) + 1f;
    }
  }

  /** target = target + source. */
  public static void addInPlace(
      float[] target, int targetOffset, float[] source, int sourceOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] += source[sourceOffset + i];
    }
  }

  /** target = target + factor·source. */
  public static void addScaledInPlace(
      float[] target, int targetOffset, float factor, float[] source, int sourceOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] =
          Math.fma(factor, source[sourceOffset + i], target[targetOffset + i]);
    }
  }

  /** values = factor·values. */
  public static void scaleInPlace(float[] values, int offset, int length, float factor) {
    for (int i = offset; i < offset + length; i++) {
      values[i] *= factor;
    }
  }

  /** target = factor·source. */
  public static void scaleInto(
      float[] target, int targetOffset, float factor, float[] source, int sourceOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = factor * source[sourceOffset + i];
    }
  }

  /** target = a − b. */
  public static void subtractInto(
      float[] target, int targetOffset, float[] a, int offsetA, float[] b, int offsetB, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = a[offsetA + i] - b[offsetB + i];
    }
  }

  /** Σ values, in double. */
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

  /** Σ a·b, products and sum in double. */
  public static double dot(float[] a, int offsetA, float[] b, int offsetB, int length) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 1 < length; i += 2) {
      even += (double) a[offsetA + i] * b[offsetB + i];
      odd += (double) a[offsetA + i + 1] * b[offsetB + i + 1];
    }
    if (i < length) {
      even += (double) a[offsetA + i] * b[offsetB + i];
    }
    return even + odd;
  }

  /**
   * One run of the Bernoulli cross-entropy with its gradient: of logits z at {@code offset} and
   * targets x at {@code targetOffset} makes probabilities = sigmoid(z) and delta = sigmoid(z) − x,
   * both at {@code offset}.
   *
   * @return Σ softplus(z) − x·z, which is −Σ x log x̂ + (1 − x) log(1 − x̂)
   */
  public static double sigmoidCrossEntropy(
      float[] logits,
      int offset,
      float[] targets,
      int targetOffset,
      float[] probabilities,
      float[] delta,
      int length) {
    Scratch scratch = SCRATCH.get();
    double loss = 0;
    for (int start = 0; start < length; start += CHUNK) {
      int from = offset + start;
      int target = targetOffset + start;
      int n = Math.min(CHUNK, length - start);
      softplusTail(scratch, logits, from, n);
      for (int i = 0; i < n; i++) {
        float z = logits[from + i];
        scratch.tail[i] = Math.fma(-targets[target + i], z, Math.max(z, 0f) + scratch.tail[i]);
      }
      loss += sum(scratch.tail, 0, n);
      for (int i = 0; i < n; i++) {
        probabilities[from + i] = Math.min(Math.max(logits[from + i] * SIGN_GAIN, 0f), 1f);
      }
      for (int i = 0; i < n; i++) { // 1 / (1 + e⁻ᶻ) for positive z, eᶻ / (1 + eᶻ) for others
        float positive = probabilities[from + i];
        probabilities[from + i] =
            Math.fma(1f - positive, scratch.scale[i], positive) / (1f + scratch.scale[i]);
      }
      for (int i = 0; i < n; i++) {
        delta[from + i] = probabilities[from + i] - targets[target + i];
      }
    }
    return loss;
  }
}
