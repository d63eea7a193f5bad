package io.sparkae.core.graph;

/** A column of the minibatch: its buffers are the value, and no gradient is wanted. */
final class Input extends Node {
  private final MinibatchColumn column;

  Input(MinibatchColumn column) {
    super(column.width(), column.spec().sparse() ? null : column.values(), null);
    this.column = column;
  }

  @Override
  public MinibatchColumn sparseRows() {
    return column.spec().sparse() ? column : null;
  }

  @Override
  protected void forward(Pass pass) {
    // The worker has put the rows in place.
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // Data has no gradient.
  }
}
