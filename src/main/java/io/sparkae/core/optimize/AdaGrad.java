package io.sparkae.core.optimize;

/** Adaptive subgradients: s ← s + g², w ← w − ηg/(√s + ε) (Duchi, Hazan, Singer 2011). */
record AdaGrad(float epsilon) implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public boolean restsAtZero() {
    return true;
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
    float[] squares = state[0];
    for (int i = from; i < to; i++) {
      float g = direction[i];
      float s = Math.fma(g, g, squares[i]);
      squares[i] = s;
      parameters[i] -= stepSize * g / ((float) Math.sqrt(s) + epsilon);
    }
  }
}
