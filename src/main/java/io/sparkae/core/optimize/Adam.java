package io.sparkae.core.optimize;

/**
 * Adaptive moments (Kingma and Ba 2015, algorithm 1): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w
 * ← w − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
 */
record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void step(
      float[] parameters,
      float[][] state,
      float[] direction,
      int from,
      int to,
      float stepSize,
      long step) {
    float rate = rate(stepSize, step);
    walk(parameters, state, direction, from, to, rate, scaledEpsilon(step));
  }

  /** What m is multiplied by: m̂/(√v̂ + ε) = rate·m/(√v + ε′), one division for each element. */
  float rate(float stepSize, long step) {
    return (float) (stepSize * rootOfSecond(step) / (1 - power(beta1, step + 1)));
  }

  /** ε′ in {@link #rate}. */
  float scaledEpsilon(long step) {
    return (float) (epsilon * rootOfSecond(step));
  }

  private double rootOfSecond(long step) {
    return Math.sqrt(1 - power(beta2, step + 1));
  }

  /** Steps the parameters [from, to) with the constants of the step. */
  void walk(
      float[] parameters,
      float[][] state,
      float[] direction,
      int from,
      int to,
      float rate,
      float scaledEpsilon) {
    float[] first = state[0];
    float[] second = state[1];
    float keepFirst = (float) beta1;
    float takeFirst = (float) (1 - beta1);
    float keepSecond = (float) beta2;
    float takeSecond = (float) (1 - beta2);
    for (int i = from; i < to; i++) {
      float g = direction[i];
      float m = Math.fma(keepFirst, first[i], takeFirst * g);
      float v = Math.fma(keepSecond, second[i], takeSecond * g * g);
      first[i] = m;
      second[i] = v;
      parameters[i] -= rate * m / ((float) Math.sqrt(v) + scaledEpsilon);
    }
  }

  /** βᵗ by repeated squaring: {@code StrictMath.pow} allocates. */
  private static double power(double beta, long t) {
    double result = 1;
    double square = beta;
    for (long rest = t; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
