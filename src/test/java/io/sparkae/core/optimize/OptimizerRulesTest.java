package io.sparkae.core.optimize;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.optimize.OptimizerSettings.Kind;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerRulesTest {
  private static final int SIZE = 37;
  private static final int STEPS = 50;
  private static final double ETA = 0.05;
  private static final double MU = 0.8;
  private static final double BETA_1 = 0.85;
  private static final double BETA_2 = 0.98;
  private static final double EPSILON = 1e-3;

  private static OptimizerSettings settings(Kind kind) {
    return new OptimizerSettings(kind, ETA, MU, BETA_1, BETA_2, EPSILON, Schedule.CONSTANT);
  }

  /** One parameter in double, step by step as the papers write it. */
  private static final class Scalar {
    private final Kind kind;
    private double w;
    private double first;
    private double second;

    Scalar(Kind kind, double start) {
      this.kind = kind;
      this.w = start;
    }

    void step(double g, int t) {
      switch (kind) {
        case SGD -> w = w - ETA * g;
        case MOMENTUM -> { // Polyak: w' = w − ηg + μ(w − w_before); first holds w − w_before
          first = MU * first - ETA * g;
          w = w + first;
        }
        case NESTEROV -> { // Sutskever et al. 2013, (3) and (4), at the point that looks ahead
          double before = first;
          first = MU * before - ETA * g; // v' = μv − η∇f(θ + μv), w = θ + μv
          w = w - MU * before + first + MU * first; // θ' + μv' with θ' = θ + v'
        }
        case ADAGRAD -> {
          second = second + g * g;
          w = w - ETA * g / (Math.sqrt(second) + EPSILON);
        }
        case ADAM -> adam(g, t);
        case LAZY_ADAM -> {
          if (g != 0) {
            adam(g, t);
          }
        }
        case FROZEN -> {}
        default -> throw new AssertionError(kind);
      }
    }

    /** Kingma and Ba's algorithm 1, line by line. */
    private void adam(double g, int t) {
      first = BETA_1 * first + (1 - BETA_1) * g;
      second = BETA_2 * second + (1 - BETA_2) * g * g;
      double firstHat = first / (1 - Math.pow(BETA_1, t));
      double secondHat = second / (1 - Math.pow(BETA_2, t));
      w = w - ETA * firstHat / (Math.sqrt(secondHat) + EPSILON);
    }
  }

  /** Normal numbers, every seventh of them 0. */
  private static float[] gradient(Random random) {
    float[] values = gaussian(random);
    for (int i = random.nextInt(7); i < SIZE; i += 7) {
      values[i] = 0;
    }
    return values;
  }

  private static float[] gaussian(Random random) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void ruleIsThePapersFormula(Kind kind) {
    Random random = Seed.random("rule " + kind);
    Optimizer rule = settings(kind).create();
    float[] w = gaussian(random);
    float[] start = w.clone();
    float[][] state = new float[rule.slots()][SIZE];
    Scalar[] scalars = new Scalar[SIZE];
    for (int i = 0; i < SIZE; i++) {
      scalars[i] = new Scalar(kind, w[i]);
    }
    for (int step = 0; step < STEPS; step++) {
      float[] g = gradient(random);
      rule.step(w, state, g, 0, SIZE, (float) ETA, step);
      for (int i = 0; i < SIZE; i++) {
        scalars[i].step(g[i], step + 1);
        assertThat((double) w[i]).as("step %d", step).isCloseTo(scalars[i].w, within(3e-6));
      }
    }
    boolean moved = IntStream.range(0, SIZE).allMatch(i -> Math.abs(w[i] - start[i]) > 1e-6);
    assertThat(moved).isEqualTo(kind != Kind.FROZEN);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void steppingInRangesIsSteppingAtOnce(Kind kind) {
    Random random = Seed.random("ranges " + kind);
    Optimizer rule = settings(kind).create();
    float[] whole = gaussian(random);
    float[] parts = whole.clone();
    float[][] wholeState = new float[rule.slots()][SIZE];
    float[][] partState = new float[rule.slots()][SIZE];
    for (int step = 0; step < 5; step++) {
      float[] g = gaussian(random);
      rule.step(whole, wholeState, g, 0, SIZE, 0.1f, step);
      int[] cuts = {17, SIZE, 0, 1, 1, 17}; // in any order
      for (int c = 0; c < cuts.length; c += 2) {
        rule.step(parts, partState, g, cuts[c], cuts[c + 1], 0.1f, step);
      }
    }
    assertSameBits("parameters", parts, whole);
    for (int slot = 0; slot < wholeState.length; slot++) {
      assertSameBits("state", partState[slot], wholeState[slot]);
    }
  }

  /** Of a constant gradient, Adam's bias correction makes every step η from the first on. */
  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "ADAM")
  void firstStepOfAdamIsAsLongAsTheStepSize(Kind kind) {
    Optimizer adam = settings(kind).create();
    float[] w = {0, 0};
    adam.step(w, new float[2][2], new float[] {100, -1e4f}, 0, 2, 0.5f, 0);
    assertThat(w[0]).isCloseTo(-0.5f, within(1e-4f));
    assertThat(w[1]).isCloseTo(0.5f, within(1e-4f));
  }
}
