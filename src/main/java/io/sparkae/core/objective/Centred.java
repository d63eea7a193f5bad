package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import java.util.Arrays;

/** Values in [0, 1] as 2x − 1, so that layers that read them see both signs. */
final class Centred extends Node {
  private final Node input;

  Centred(int capacity, Node input) {
    super(
        input.width(),
        new float[Math.multiplyExact(capacity, input.width())],
        input.gradient() == null ? null : new float[Math.multiplyExact(capacity, input.width())]);
    this.input = input;
  }

  @Override
  protected void forward(Pass pass) {
    if (input.isSparse()) {
      addNonZeros(pass, input.sparseRows());
      return;
    }
    for (int i = 0; i < pass.rows() * width(); i++) {
      value()[i] = 2 * input.value()[i] - 1;
    }
  }

  private void addNonZeros(Pass pass, MinibatchColumn rows) {
    Arrays.fill(value(), 0, pass.rows() * width(), -1f);
    for (int row = 0; row < pass.rows(); row++) {
      for (int i = rows.rowStarts()[row]; i < rows.rowStarts()[row + 1]; i++) {
        value()[row * width() + rows.indices()[i]] += 2 * rows.nonZeros()[i];
      }
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    if (gradient() == null) {
      return;
    }
    for (int i = 0; i < pass.rows() * width(); i++) {
      input.gradient()[i] = 2 * gradient()[i];
    }
  }
}
