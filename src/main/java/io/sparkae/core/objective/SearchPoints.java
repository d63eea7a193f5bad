package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** Points that a search moves: several for each row. They get a gradient, and are no parameters. */
final class SearchPoints extends Node {
  SearchPoints(int capacity, int width, int samples) {
    super(
        width,
        samples,
        new float[Math.multiplyExact(capacity * samples, width)],
        new float[Math.multiplyExact(capacity * samples, width)]);
  }

  @Override
  protected void forward(Pass pass) {
    // The search has put them in place.
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // The search takes the gradient from here.
  }
}
