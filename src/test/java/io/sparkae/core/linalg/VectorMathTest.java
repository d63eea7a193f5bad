package io.sparkae.core.linalg;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorMathTest {
  /** In place over a run of elements. */
  private interface Operation {
    void apply(float[] values, int offset, int length);
  }

  /**
   * The functions of one argument with what they are held against, in double.
   *
   * <p>Errors are counted in units of 2⁻²³ of the true value: one is between half and one ulp.
   */
  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private enum Function {
    EXP(Elementary::expInPlace, Math::exp, -87, 88, 1),
    SIGMOID(Elementary::sigmoidInPlace, x -> 1 / (1 + Math.exp(-x)), -87, 200, 2),
    TANH(Elementary::tanhInPlace, Math::tanh, -200, 200, 3),
    ELU(Elementary::eluInPlace, x -> x > 0 ? x : Math.expm1(x), -200, 200, 2),
    SOFTPLUS(
        Elementary::softplusInPlace,
        x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
        -87,
        200,
        2),
    LOG(Elementary::logInPlace, Math::log, 1e-37, 1e6, 1),
    RELU(Elementary::reluInPlace, x -> Math.max(x, 0), -200, 200, 0),
    LEAKY_RELU(
        (v, o, n) -> Elementary.leakyReluInPlace(v, o, n, 0.25f),
        x -> Math.max(x, 0.25 * x),
        -200,
        200,
        0),
    SCALE((v, o, n) -> VectorMath.scaleInPlace(v, o, n, -3f), x -> -3 * x, -200, 200, 1);

    final Operation operation;
    final DoubleUnaryOperator truth;
    final double lowest;
    final double highest;
    final double units;

    Function(
        Operation operation,
        DoubleUnaryOperator truth,
        double lowest,
        double highest,
        double units) {
      this.operation = operation;
      this.truth = truth;
      this.lowest = lowest;
      this.highest = highest;
      this.units = units;
    }
  }

  /** Evenly over the range and, from 2⁻²⁶ up, evenly over the exponents of both signs. */
  private static float[] arguments(Function f, Random random) {
    float[] x = new float[40_001];
    for (int i = 0; i < x.length; i++) {
      double even = f.lowest + (f.highest - f.lowest) * i / (x.length - 1);
      double small = Math.scalb(0.5 + random.nextDouble() / 2, random.nextInt(30) - 26);
      small *= f.lowest < 0 && random.nextBoolean() ? -1 : 1;
      x[i] = (float) (i % 2 == 0 ? even : Math.max(f.lowest, Math.min(f.highest, small)));
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void functionIsWithinItsUlpsOfTheDoublePrecisionOne(Function f) {
    float[] x = arguments(f, Seed.random("VectorMath " + f));
    float[] y = x.clone();
    f.operation.apply(y, 0, y.length);
    double worst = 0;
    double worstArgument = 0;
    for (int i = 0; i < x.length; i++) {
      double expected = f.truth.applyAsDouble(x[i]);
      double error = Math.abs(y[i] - expected);
      double units = error == 0 ? 0 : error / (0x1p-23 * Math.abs(expected));
      if (!(units <= worst)) { // NaN as well
        worst = units;
        worstArgument = x[i];
      }
    }
    assertThat(worst).as("%s(%s)", f, worstArgument).isLessThanOrEqualTo(f.units);
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void everyLengthAndOffsetGivesTheSameNumbersAndLeavesItsNeighboursAlone(Function f) {
    float[] x = arguments(f, Seed.random("VectorMath " + f));
    float[] all = x.clone();
    f.operation.apply(all, 0, all.length);
    for (int length : new int[] {0, 1, 3, 511, 512, 513, 1025}) {
      for (int offset : new int[] {0, 1, 7}) {
        float[] y = x.clone();
        f.operation.apply(y, offset, length);
        float[] expected = x.clone();
        System.arraycopy(all, offset, expected, offset, length);
        assertSameBits("length " + length + ", offset " + offset, y, expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Function.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "LOG") // which asks for positive numbers
  void notANumberStaysNotANumber(Function f) {
    float[] y = {1, Float.NaN, 2};
    f.operation.apply(y, 0, 3);
    assertThat(y[1]).isNaN();
    assertThat(y[0]).isFinite();
    assertThat(y[2]).isFinite();
  }

  private static float[] at(Operation operation, float... arguments) {
    operation.apply(arguments, 0, arguments.length);
    return arguments;
  }

  @Test
  void exponentialIsClampedBeforeItOverflowsOrBecomesSubnormal() {
    float[] y = at(Elementary::expInPlace, 1e30f, Float.POSITIVE_INFINITY, -1e30f, -88f, 0f);
    assertThat(y[0]).isEqualTo(y[1]).isFinite().isGreaterThan(1e38f);
    assertThat(y[2]).isEqualTo(y[3]).isPositive().isGreaterThanOrEqualTo(Float.MIN_NORMAL);
    assertThat(y[4]).isEqualTo(1f);
  }

  @Test
  void saturatingFunctionsReachTheirLimitsAndAreExactAtZero() {
    float big = Float.MAX_VALUE;
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(at(Elementary::tanhInPlace, -infinity, -big, -20f, 20f, big, infinity))
        .containsExactly(-1, -1, -1, 1, 1, 1);
    assertThat(at(Elementary::tanhInPlace, 0f, -0f))
        .usingElementComparator((a, b) -> a.floatValue() == b ? 0 : 1)
        .containsExactly(0f, 0f);
    assertThat(at(Elementary::sigmoidInPlace, 0f, 20f, big, infinity))
        .containsExactly(0.5f, 1, 1, 1);
    assertThat(at(Elementary::sigmoidInPlace, -big)[0]).isBetween(0f, 1e-37f);
    assertThat(at(Elementary::eluInPlace, -infinity, -big, 0f, big))
        .containsExactly(-1, -1, 0, big);
    float[] softplus = at(Elementary::softplusInPlace, -big, 0f, big);
    assertThat(softplus[0]).isBetween(0f, 1e-37f);
    assertThat(softplus[1]).isCloseTo((float) Math.log(2), within(0x1p-24f));
    assertThat(softplus[2]).isEqualTo(big);
  }

  /** Tiny arguments lie where 1 + x rounds to 1: naive formulas give 0. */
  @Test
  void smallArgumentsDoNotCancel() {
    for (float x = 1e-3f; x > 1e-36f; x /= 7) {
      assertThat((double) at(Elementary::tanhInPlace, -x)[0])
          .isCloseTo(Math.tanh(-x), within(4 * 0x1p-23 * x));
      assertThat((double) at(Elementary::eluInPlace, -x)[0])
          .isCloseTo(Math.expm1(-x), within(2 * 0x1p-23 * x));
    }
  }

  @Test
  void backwardsMultiplyByTheDerivativeExpressedByTheValue() {
    Random random = Seed.random("VectorMath backward");
    int n = 1537;
    float[] y = new float[n];
    float[] delta = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = i % 10 == 0 ? 0 : (float) (random.nextDouble() * 2 - 1);
      delta[i] = (float) random.nextGaussian();
    }
    check(Elementary::sigmoidBackward, y, delta, v -> v * (1 - v));
    check(Elementary::tanhBackward, y, delta, v -> 1 - v * v);
    check(Elementary::reluBackward, y, delta, v -> v > 0 ? 1 : 0);
    check(
        (a, b, o, l) -> Elementary.leakyReluBackward(a, b, o, l, 0.125f),
        y,
        delta,
        v -> v > 0 ? 1 : 0.125);
    check(Elementary::eluBackward, y, delta, v -> v > 0 ? 1 : v + 1);
    float[] positive = y.clone();
    Elementary.softplusInPlace(positive, 0, n);
    check(Elementary::softplusBackward, positive, delta, v -> -Math.expm1(-v));
  }

  private interface Backward {
    void apply(float[] y, float[] delta, int offset, int length);
  }

  private static void check(
      Backward backward, float[] y, float[] delta, DoubleUnaryOperator derivative) {
    int offset = 3;
    int length = y.length - 10;
    float[] values = y.clone();
    float[] result = delta.clone();
    backward.apply(values, result, offset, length);
    assertSameBits("values", values, y);
    for (int i = 0; i < y.length; i++) {
      boolean inside = i >= offset && i < offset + length;
      double expected = inside ? delta[i] * derivative.applyAsDouble(y[i]) : delta[i];
      assertThat((double) result[i])
          .isCloseTo(expected, within(inside ? 2e-7 * Math.abs(delta[i]) : 0));
    }
  }

  @Test
  void reluBackwardTellsTheSmallestNormalValueFromZero() {
    float[] delta = {7f, -3f, 5f};
    Elementary.reluBackward(new float[] {0f, -0f, Float.MIN_NORMAL}, delta, 0, 3);
    assertThat(delta[0]).isZero();
    assertThat(delta[1]).isEqualTo(-0f);
    assertThat(delta[2]).isEqualTo(5f);
  }

  @Test
  void vectorOperationsTouchTheirRunAlone() {
    float[] a = {1, 2, 3, 4, 5};
    float[] b = {10, 20, 30, 40, 50};
    float[] target = a.clone();
    VectorMath.addInPlace(target, b, 1, 3);
    assertThat(target).containsExactly(1, 22, 33, 44, 5);
    VectorMath.addScaledInPlace(target, -2f, b, 2, 1);
    assertThat(target).containsExactly(1, 22, -27, 44, 5);
    VectorMath.scaleInto(target, 3f, b, 0, 2);
    assertThat(target).containsExactly(30, 60, -27, 44, 5);
    VectorMath.subtractInto(target, b, a, 3, 2);
    assertThat(target).containsExactly(30, 60, -27, 36, 45);
  }

  @Test
  void addScaledInDoubleStartsAtTheSourcesOffset() {
    float[] x = {9, 1, 2, 3, 9};
    double[] z = {1, 2};
    VectorMath.addScaledInPlace(z, 0.25, x, 2);
    assertThat(z).containsExactly(1.5, 2.75);
  }

  @Test
  void sumAndDotAddInDoubleWhateverTheLength() {
    Random random = Seed.random("VectorMath sums");
    for (int n : new int[] {0, 1, 2, 3, 4, 5, 1023}) {
      float[] a = new float[n + 5];
      float[] b = new float[n + 5];
      Arrays.fill(a, 1e30f); // outside of the run
      Arrays.fill(b, 1e30f);
      double sum = 0;
      double dot = 0;
      for (int i = 3; i < n + 3; i++) {
        a[i] = (float) random.nextGaussian() * (i % 2 == 0 ? 1e7f : 1e-3f);
        b[i] = (float) random.nextGaussian();
        sum += a[i];
        dot += (double) a[i] * b[i];
      }
      assertThat(VectorMath.sum(a, 3, n)).isCloseTo(sum, within(1e-6));
      assertThat(VectorMath.dot(a, b, 3, n)).isCloseTo(dot, within(1e-6));
    }
  }

  @Test
  void sigmoidCrossEntropyIsTheLogLikelihoodWithItsGradient() {
    Random random = Seed.random("sigmoidCrossEntropy");
    int n = 1100;
    float[] z = new float[n];
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = (float) (random.nextGaussian() * (i % 3 == 0 ? 20 : 2));
      x[i] = random.nextFloat();
    }
    z[2] = -1000;
    z[3] = 1000;
    z[4] = 0;
    int offset = 2;
    int length = n - 4;
    float[] probabilities = new float[n];
    float[] delta = new float[n];
    double loss = Elementary.sigmoidCrossEntropy(z, x, probabilities, delta, offset, length);
    double expected = 0;
    for (int i = offset; i < offset + length; i++) {
      double logOfP = z[i] > 0 ? -Math.log1p(Math.exp(-z[i])) : z[i] - Math.log1p(Math.exp(z[i]));
      expected -= x[i] * logOfP + (1.0 - x[i]) * (logOfP - z[i]); // log(1 − p) = log p − z
      double p = 1 / (1 + Math.exp(-z[i]));
      assertThat((double) probabilities[i]).isCloseTo(p, within(3 * 0x1p-23 * p + 1e-37));
      assertThat((double) delta[i]).isCloseTo(p - x[i], within(3 * 0x1p-23));
    }
    assertThat(loss).isCloseTo(expected, within(1e-7 * Math.abs(expected)));
    assertThat(delta[1]).isZero();
    assertThat(probabilities[n - 2]).isZero();
  }

  @Test
  void infinitiesAndNoNumbersAreNotFinite() {
    float[] floats = {0, -Float.MAX_VALUE, Float.MIN_VALUE};
    double[] doubles = {0, -Double.MAX_VALUE, Double.MIN_VALUE};
    assertThat(VectorMath.isFinite(floats) && VectorMath.isFinite(doubles)).isTrue();
    assertThat(VectorMath.isFinite(new float[0]) && VectorMath.isFinite(new double[0])).isTrue();
    for (float odd : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      for (int at = 0; at < floats.length; at++) {
        float[] some = floats.clone();
        some[at] = odd;
        double[] more = doubles.clone();
        more[at] = odd;
        assertThat(VectorMath.isFinite(some) || VectorMath.isFinite(more)).isFalse();
      }
    }
  }
}
