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
    float[] first = state[0];
    float[] second = state[1];
    long t = step + 1;
    // m̂/(√v̂ + ε) = rate·m/(√v + ε′): one division for each element.
    double rootOfSecond = Math.sqrt(1 - power(beta2, t));
    float rate = (float) (stepSize * rootOfSecond / (1 - power(beta1, t)));
    float scaledEpsilon = (float) (epsilon * rootOfSecond);
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
