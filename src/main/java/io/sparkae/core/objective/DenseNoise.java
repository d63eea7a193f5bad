package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** Noise that leaves no element of a row alone: rows that come sparse are made dense. */
abstract class DenseNoise extends Node {
  private final float[] clean;

  DenseNoise(int capacity, Node input) {
    super(input.width(), new float[Math.multiplyExact(capacity, input.width())], null);
    MinibatchColumn sparse = input.sparseRows();
    this.clean = sparse == null ? input.value() : sparse.values();
  }

  /** x̃ of one row at {@code at} in both arrays. */
  abstract void corrupt(Pass pass, long row, float[] x, float[] corrupted, int at);

  @Override
  protected final void forward(Pass pass) {
    if (!pass.isTraining()) {
      System.arraycopy(clean, 0, value(), 0, pass.rows() * width());
      return;
    }
    for (int row = 0; row < pass.rows(); row++) {
      corrupt(pass, pass.minibatch().rowIndices()[row], clean, value(), row * width());
    }
  }

  @Override
  protected final void backward(Pass pass, Direction direction) {
    // Data has no gradient.
  }
}
