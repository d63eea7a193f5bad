package io.sparkae.core.optimize;

/** Stochastic gradient descent: w ← w − ηg. */
record Sgd() implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return 0;
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
    for (int i = 0; i < length; i++) {
      parameters[offset + i] = Math.fma(-stepSize, direction[i], parameters[offset + i]);
    }
  }
}
