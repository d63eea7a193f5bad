package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** f of a value, which stays as it is. */
final class Activated extends Node {
  private final Node input;
  private final Activation activation;

  Activated(Node input, Activation activation) {
    super(
        input.width(),
        input.samples(),
        new float[input.value().length],
        new float[input.value().length]);
    this.input = input;
    this.activation = activation;
  }

  @Override
  protected void forward(Pass pass) {
    int count = rows(pass) * width();
    System.arraycopy(input.value(), 0, value(), 0, count);
    activation.forward(value(), 0, count);
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    int count = rows(pass) * width();
    activation.backward(value(), gradient(), 0, count);
    System.arraycopy(gradient(), 0, input.gradient(), 0, count);
  }
}
