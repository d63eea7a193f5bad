package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** Zeros and ones in place of features in [0, 1]; rows that come sparse are made dense. */
final class Binarise extends Node {
  private static final float THRESHOLD = 0.5f;

  private final float[] features;
  private final boolean stochastic;

  Binarise(int capacity, Node input, boolean stochastic) {
    super(input.width(), new float[Math.multiplyExact(capacity, input.width())], null);
    MinibatchColumn sparse = input.sparseRows();
    this.features = sparse == null ? input.value() : sparse.values();
    this.stochastic = stochastic;
  }

  @Override
  protected void forward(Pass pass) {
    float[] bits = value();
    int length = pass.rows() * width();
    if (!stochastic) {
      for (int i = 0; i < length; i++) {
        bits[i] = features[i] >= THRESHOLD ? 1 : 0;
      }
      return;
    }
    int epoch = pass.isTraining() ? pass.epoch() : 0;
    for (int row = 0; row < pass.rows(); row++) {
      long index = pass.minibatch().rowIndices()[row];
      pass.random().uniform(Sites.BINARIZATION, epoch, index, bits, row * width(), width());
    }
    for (int i = 0; i < length; i++) {
      bits[i] = bits[i] < features[i] ? 1 : 0;
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // Data has no gradient.
  }
}
