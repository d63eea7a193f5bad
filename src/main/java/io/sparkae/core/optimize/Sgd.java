package io.sparkae.core.optimize;

/** Stochastic gradient descent: w ← w − ηg. */
record Sgd() implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return 0;
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
    for (int i = from; i < to; i++) {
      parameters[i] = Math.fma(-stepSize, direction[i], parameters[i]);
    }
  }
}
