package io.sparkae.core.optimize;

/**
 * Adam that leaves a parameter and its moments alone where its gradient is exactly 0, as it is for
 * the weights of features that no row of a minibatch has: the usual choice for wide sparse rows,
 * whose moments would fade between one occurrence and the next, and whose steps cost as much as the
 * minibatch has non-zero features.
 */
record LazyAdam(Adam adam) implements Optimizer {
  private static final long serialVersionUID = 1L;

  @Override
  public int slots() {
    return adam.slots();
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
    float rate = adam.rate(stepSize, step);
    float scaledEpsilon = adam.scaledEpsilon(step);
    int start = from;
    while (start < to) {
      while (start < to && direction[start] == 0) {
        start++;
      }
      int end = start;
      while (end < to && direction[end] != 0) {
        end++;
      }
      if (start < end) {
        adam.walk(parameters, state, direction, start, end, rate, scaledEpsilon);
      }
      start = end;
    }
  }
}
