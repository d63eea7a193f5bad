package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.VectorMath;

/**
 * A value for another reader: its gradient is added to what the first reader sends back. It stands
 * right behind its input, before any reader of that.
 */
final class Branch extends Node {
  private final Node input;

  Branch(Node input) {
    super(input.width(), input.samples(), input.value(), new float[input.value().length]);
    this.input = input;
  }

  @Override
  protected void forward(Pass pass) {
    // The value is the input's own.
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    VectorMath.addInPlace(input.gradient(), gradient(), 0, rows(pass) * width());
  }
}
