package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** A code from the prior for each row, drawn anew in each epoch. */
final class PriorSample extends Node {
  private final Prior prior;
  private final float[] labels;
  private final int classes;

  /**
   * @param labels class of each row; null if rows have none
   * @param classes 0 if rows have none
   */
  PriorSample(int capacity, int codeSize, Prior prior, float[] labels, int classes) {
    super(codeSize, new float[Math.multiplyExact(capacity, codeSize)], null);
    this.prior = prior;
    this.labels = labels;
    this.classes = classes;
  }

  @Override
  protected void forward(Pass pass) {
    for (int row = 0; row < pass.rows(); row++) {
      long index = pass.minibatch().rowIndices()[row];
      int label = labels == null ? Prior.UNKNOWN : (int) labels[row];
      prior.draw(
          pass.random(), pass.epoch(), index, label, classes, value(), row * width(), width());
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // Nothing leads to chance.
  }
}
