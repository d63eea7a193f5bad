package io.sparkae.core.linalg;

/**
 * Elementary functions over runs of floats, written so that the JIT compiler vectorises them.
 *
 * <p>Every method works on {@code length} elements from {@code offset} and allocates nothing. The
 * loops hold only operations that are exact by definition ({@code Math.fma}, additions, bit moves),
 * so interpreted and compiled code give the same bits. Polynomials: Cephes (Moshier) {@code expf},
 * {@code logf}.
 *
 * <p>Two things keep Java 17 from vectorising a loop, and shape this class. Moves between float and
 * integer registers are not vectorised, nor are long loop bodies: exponentials run in chunks of
 * several passes. And arrays that are indexed at different offsets are taken to overlap: every
 * method uses one index for all its arrays, and copies into scratch space where they differ.
 */
public final class Elementary {
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
    final float[] input = new float[CHUNK];
    final float[] argument = new float[CHUNK];
    final float[] tail = new float[CHUNK];
    final float[] scale = new float[CHUNK];
    final float[] output = new float[CHUNK];
  }

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private Elementary() {}

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

  /**
   * values = exp(values), arguments clamped to [−87, 88].
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
  public static void expInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(values, offset + start, scratch.argument, 0, n);
      split(scratch, n);
      exponentials(scratch.scale, scratch.tail, scratch.output, n);
      System.arraycopy(scratch.output, 0, values, offset + start, n);
    }
  }

  private static void exponentials(float[] scale, float[] tail, float[] output, int n) {
    for (int i = 0; i < n; i++) {
      output[i] = Math.fma(scale[i], tail[i], scale[i]);
    }
  }

  /** output = exp(argument) − 1 without cancellation near zero. */
  private static void exponentialsMinusOne(Scratch scratch, int n) {
    float[] scale = scratch.scale;
    float[] tail = scratch.tail;
    float[] output = scratch.output;
    split(scratch, n);
    for (int i = 0; i < n; i++) {
      output[i] = Math.fma(scale[i], tail[i], scale[i] - 1f);
    }
  }

  /**
   * values = 1 / (1 + exp(−values)).
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
  public static void sigmoidInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(values, offset + start, scratch.argument, 0, n);
      negate(scratch.argument, n);
      split(scratch, n);
      exponentials(scratch.scale, scratch.tail, scratch.output, n);
      reciprocalsOfOnePlus(scratch.output, n);
      System.arraycopy(scratch.output, 0, values, offset + start, n);
    }
  }

  private static void negate(float[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = -values[i];
    }
  }

  private static void reciprocalsOfOnePlus(float[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = 1f / (1f + values[i]);
    }
  }

  /**
   * values = tanh(values).
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
  public static void tanhInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(values, offset + start, scratch.input, 0, n);
      for (int i = 0; i < n; i++) {
        scratch.argument[i] = -2f * Math.abs(scratch.input[i]);
      }
      exponentialsMinusOne(scratch, n);
      saturate(scratch.input, -1f, n);
      for (int i = 0; i < n; i++) { // tanh|x| = −e / (2 + e) with e = exp(−2|x|) − 1
        scratch.input[i] *= -scratch.output[i] / (2f + scratch.output[i]);
      }
      System.arraycopy(scratch.input, 0, values, offset + start, n);
    }
  }

  /** 1 for positive values, {@code lowest} (−1 or 0) for negative ones, 0 for 0. */
  private static void saturate(float[] values, float lowest, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = Math.min(Math.max(values[i] * SIGN_GAIN, lowest), 1f);
    }
  }

  /**
   * values = values where positive, exp(values) − 1 elsewhere.
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
  public static void eluInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(values, offset + start, scratch.input, 0, n);
      for (int i = 0; i < n; i++) {
        scratch.argument[i] = Math.min(scratch.input[i], 0f);
      }
      exponentialsMinusOne(scratch, n);
      for (int i = 0; i < n; i++) {
        scratch.output[i] += Math.max(scratch.input[i], 0f);
      }
      System.arraycopy(scratch.output, 0, values, offset + start, n);
    }
  }

  /**
   * delta = delta·(1 − exp(−y)), y a softplus' value.
   *
   * @param y values of the function
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   */
  public static void softplusBackward(float[] y, float[] delta, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(y, offset + start, scratch.argument, 0, n);
      System.arraycopy(delta, offset + start, scratch.input, 0, n);
      negate(scratch.argument, n);
      exponentialsMinusOne(scratch, n);
      for (int i = 0; i < n; i++) {
        scratch.input[i] *= -scratch.output[i];
      }
      System.arraycopy(scratch.input, 0, delta, offset + start, n);
    }
  }

  /**
   * values = log(1 + exp(values)).
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
  public static void softplusInPlace(float[] values, int offset, int length) {
    Scratch scratch = SCRATCH.get();
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(values, offset + start, scratch.input, 0, n);
      softplus(scratch, n);
      System.arraycopy(scratch.tail, 0, values, offset + start, n);
    }
  }

  /** tail = log(1 + exp(input)), output = exp(−|input|). */
  private static void softplus(Scratch scratch, int n) {
    float[] input = scratch.input;
    float[] argument = scratch.argument;
    float[] tail = scratch.tail;
    float[] output = scratch.output;
    for (int i = 0; i < n; i++) {
      argument[i] = -Math.abs(input[i]);
    }
    split(scratch, n);
    exponentials(scratch.scale, tail, output, n);
    for (int i = 0; i < n; i++) { // log(1 + u) = 2 artanh(u / (2 + u))
      argument[i] = output[i] / (2f + output[i]);
    }
    for (int i = 0; i < n; i++) {
      float s = argument[i];
      float square = s * s;
      float p = Math.fma(1f / 15f, square, 1f / 13f);
      p = Math.fma(p, square, 1f / 11f);
      p = Math.fma(p, square, 1f / 9f);
      p = Math.fma(p, square, 1f / 7f);
      p = Math.fma(p, square, 1f / 5f);
      p = Math.fma(p, square, 1f / 3f);
      tail[i] = Math.fma(s + s, p * square, s + s);
    }
    for (int i = 0; i < n; i++) {
      tail[i] += Math.max(input[i], 0f);
    }
  }

  /**
   * values = log(values), for positive normal numbers.
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
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

  /**
   * values = max(values, 0).
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   */
  public static void reluInPlace(float[] values, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  /**
   * values = max(values, slope·values), for a slope in (0, 1).
   *
   * @param values arguments, replaced by the results
   * @param offset index of the first element
   * @param length elements to replace
   * @param slope slope below 0
   */
  public static void leakyReluInPlace(float[] values, int offset, int length, float slope) {
    for (int i = offset; i < offset + length; i++) {
      values[i] = Math.max(values[i], slope * values[i]);
    }
  }

  /**
   * delta = delta·y·(1 − y), y a sigmoid's value.
   *
   * @param y values of the function
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   */
  public static void sigmoidBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= y[i] * (1f - y[i]);
    }
  }

  /**
   * delta = delta·(1 − y²), y a hyperbolic tangent's value.
   *
   * @param y values of the function
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   */
  public static void tanhBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= 1f - y[i] * y[i];
    }
  }

  /**
   * delta = delta where y is positive, 0 elsewhere, y a rectifier's value.
   *
   * @param y values of the function
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   */
  public static void reluBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= Math.min(Math.max(y[i] * SIGN_GAIN, 0f), 1f);
    }
  }

  /**
   * delta = delta where y is positive, slope·delta elsewhere, y a leaky rectifier's value.
   *
   * @param y values of the function
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   * @param slope slope below 0
   */
  public static void leakyReluBackward(
      float[] y, float[] delta, int offset, int length, float slope) {
    for (int i = offset; i < offset + length; i++) {
      float positive = Math.min(Math.max(y[i] * SIGN_GAIN, 0f), 1f);
      delta[i] *= Math.fma(1f - slope, positive, slope);
    }
  }

  /**
   * delta = delta where y is positive, delta·(y + 1) elsewhere, y an exponential unit's value.
   *
   * @param y values of the function
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   */
  public static void eluBackward(float[] y, float[] delta, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      delta[i] *= Math.min(y[i], 0f) + 1f;
    }
  }

  /**
   * One run of the Bernoulli cross-entropy with its gradient: of logits z and targets x makes
   * probabilities = sigmoid(z) and delta = sigmoid(z) − x.
   *
   * @param logits z
   * @param targets x, in [0, 1]
   * @param probabilities x̂, written
   * @param delta gradient with respect to z, written
   * @param offset index of the first element of all four
   * @param length elements of the run
   * @return Σ softplus(z) − x·z, which is −Σ x log x̂ + (1 − x) log(1 − x̂)
   */
  public static double sigmoidCrossEntropy(
      float[] logits,
      float[] targets,
      float[] probabilities,
      float[] delta,
      int offset,
      int length) {
    Scratch scratch = SCRATCH.get();
    float[] z = scratch.input;
    float[] x = scratch.argument;
    double loss = 0;
    for (int start = 0; start < length; start += CHUNK) {
      int n = Math.min(CHUNK, length - start);
      System.arraycopy(logits, offset + start, z, 0, n);
      softplus(scratch, n);
      System.arraycopy(targets, offset + start, x, 0, n);
      for (int i = 0; i < n; i++) {
        scratch.tail[i] = Math.fma(-x[i], z[i], scratch.tail[i]);
      }
      loss += VectorMath.sum(scratch.tail, 0, n);
      // 1 / (1 + e⁻ᶻ) for positive z, eᶻ / (1 + eᶻ) for others
      saturate(z, 0f, n);
      for (int i = 0; i < n; i++) {
        z[i] = Math.fma(1f - z[i], scratch.output[i], z[i]) / (1f + scratch.output[i]);
      }
      System.arraycopy(z, 0, probabilities, offset + start, n);
      for (int i = 0; i < n; i++) {
        z[i] -= x[i];
      }
      System.arraycopy(z, 0, delta, offset + start, n);
    }
    return loss;
  }
}
