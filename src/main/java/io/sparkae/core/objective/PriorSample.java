package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** A code from the prior for each row, drawn anew in each epoch. */
final class PriorSample extends Node {
  private final Prior prior;

  PriorSample(int capacity, int codeSize, Prior prior) {
    super(codeSize, new float[Math.multiplyExact(capacity, codeSize)], null);
    this.prior = prior;
  }

  @Override
  protected void forward(Pass pass) {
    for (int row = 0; row < pass.rows(); row++) {
      long index = pass.minibatch().rowIndices()[row];
      prior.draw(pass.random(), pass.epoch(), index, value(), row * width(), width());
    }
  }

  @Override
  protected void backward(Pass pass, float[] direction) {
    // Nothing leads to chance.
  }
}
