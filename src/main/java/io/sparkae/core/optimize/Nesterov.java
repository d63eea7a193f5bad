package io.sparkae.core.optimize;

/** Nesterov momentum: v ← μv + g, w ← w − η(g + μv) (Sutskever et al. 2013). */
record Nesterov(float momentum) implements Optimizer {
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
      float ahead = Math.fma(momentum, v, direction[i]);
      parameters[i] = Math.fma(-stepSize, ahead, parameters[i]);
    }
  }
}
