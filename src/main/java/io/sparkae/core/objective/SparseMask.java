package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** A {@link Mask} over sparse rows: the same elements go as would of a dense row. */
final class SparseMask extends Node {
  private final MinibatchColumn source;
  private final MinibatchColumn masked;
  private final float probability;
  private final float scale;
  private final int site;

  SparseMask(int capacity, Node input, double probability, boolean scaled, int site) {
    super(input.width(), null, null);
    this.source = input.sparseRows();
    this.masked =
        new MinibatchColumn(new ColumnSpec(source.spec().name(), input.width(), true), capacity);
    this.probability = (float) probability;
    this.scale = scaled ? 1 / (1 - this.probability) : 1;
    this.site = site;
  }

  @Override
  public MinibatchColumn sparseRows() {
    return masked;
  }

  @Override
  protected void forward(Pass pass) {
    int[] starts = source.rowStarts();
    for (int row = 0; row < pass.rows(); row++) {
      int from = starts[row];
      int to = starts[row + 1];
      masked.setSparseRow(row, source.indices(), source.nonZeros(), from, to);
      if (pass.isTraining()) {
        mask(pass, pass.minibatch().rowIndices()[row], masked.rowStarts()[row], to - from);
      }
    }
  }

  private void mask(Pass pass, long row, int from, int count) {
    int[] indices = masked.indices();
    float[] elements = masked.nonZeros();
    for (int i = from; i < from + count; i++) {
      float draw = pass.random().uniformAt(site, pass.epoch(), row, indices[i]);
      elements[i] = draw < probability ? 0 : scale * elements[i];
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    // Data has no gradient.
  }
}
