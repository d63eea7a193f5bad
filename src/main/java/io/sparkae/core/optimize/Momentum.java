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
      int offset,
      float[] direction,
      int length,
      float stepSize,
      long step) {
    float[] velocity = state[0];
    for (int i = 0; i < length; i++) {
      float v = Math.fma(momentum, velocity[offset + i], direction[i]);
      velocity[offset + i] = v;
      parameters[offset + i] = Math.fma(-stepSize, v, parameters[offset + i]);
    }
  }
}
