package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** A value for a reader that sends no gradient back. */
final class Detached extends Node {
  Detached(Node input) {
    super(input.width(), input.samples(), input.value(), null);
  }

  @Override
  protected void forward(Pass pass) {
    // The value is the input's own.
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // Whoever made the value is not to learn from this reader.
  }
}
