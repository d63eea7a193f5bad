package io.sparkae.core.optimize;

/** Leaves its parameters alone. */
record Frozen() implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return 0;
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
    // Nothing moves.
  }
}
