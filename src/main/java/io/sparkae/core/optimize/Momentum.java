package io.sparkae.core.optimize;

/** Heavy ball: v ← μv + g, w ← w − ηv (Polyak 1964). */
record Momentum(float momentum) implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return 1;
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
    float[] velocity = state[0];
    for (int i = from; i < to; i++) {
      float v = Math.fma(momentum, velocity[i], direction[i]);
      velocity[i] = v;
      parameters[i] = Math.fma(-stepSize, v, parameters[i]);
    }
  }
}
