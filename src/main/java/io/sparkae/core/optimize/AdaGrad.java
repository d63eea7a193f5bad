package io.sparkae.core.optimize;

/** Adaptive subgradients: s ← s + g², w ← w − ηg/(√s + ε) (Duchi, Hazan, Singer 2011). */
record AdaGrad(float epsilon) implements Optimizer {
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
    float[] squares = state[0];
    for (int i = 0; i < length; i++) {
      float g = direction[i];
      float s = Math.fma(g, g, squares[offset + i]);
      squares[offset + i] = s;
      parameters[offset + i] -= stepSize * g / ((float) Math.sqrt(s) + epsilon);
    }
  }
}
