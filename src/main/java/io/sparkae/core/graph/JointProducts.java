package io.sparkae.core.graph;

import io.sparkae.core.linalg.Blas;

/**
 * The matrix products of one affine operation over the rows of all micro-batches, of which each
 * member of a {@link Team} computes some columns.
 *
 * <p>Inputs and deltas of all members lie in arrays that they share, so that the direction of the
 * weights is one product, too: the first member's.
 */
final class JointProducts {
  private final Team.Seat seat;
  private final ParameterSlice weight;
  private final boolean transposed;
  private final int samples;
  private final int inputs;
  private final int outputs;
  private final float[] allInputs;
  private final float[] allDeltas;
  private final WeightProduct product;

  /**
   * Products with a matrix.
   *
   * @param weight W, inputs × outputs; outputs × inputs if transposed
   * @param samples rows of the input for each row of the minibatch
   */
  JointProducts(Team.Seat seat, ParameterSlice weight, boolean transposed, int samples) {
    this.seat = seat;
    this.weight = weight;
    this.transposed = transposed;
    this.samples = samples;
    this.inputs = transposed ? weight.columns() : weight.rows();
    this.outputs = transposed ? weight.rows() : weight.columns();
    this.allInputs = seat.shared(samples, inputs);
    this.allDeltas = seat.shared(samples, outputs);
    this.product =
        transposed
            ? new WeightProduct(weight, allDeltas, allInputs)
            : new WeightProduct(weight, allInputs, allDeltas);
  }

  /** Whether this pass is the team's. */
  boolean isOn() {
    return seat.isJoined();
  }

  /** y = b + x·W, or b + x·Wᵀ, for the member's rows. */
  void forward(int rows, float[] x, float[] parameters, ParameterSlice bias, float[] y) {
    int first = seat.firstRow() * samples;
    System.arraycopy(x, 0, allInputs, first * inputs, rows * inputs);
    seat.meet(); // nobody reads what the last product left
    float[] all = seat.scratch();
    int from = seat.firstColumn(outputs);
    int columns = seat.endColumn(outputs) - from;
    for (int row = 0; row < seat.allRows() * samples; row++) {
      System.arraycopy(parameters, bias.offset() + from, all, row * outputs + from, columns);
    }
    multiply(allInputs, inputs, transposed, outputs, parameters, 1f, all);
    seat.meet();
    System.arraycopy(all, first * outputs, y, 0, rows * outputs);
  }

  /** Takes the member's rows of Δ in; returns when all members' are there. */
  void take(int rows, float[] delta) {
    System.arraycopy(delta, 0, allDeltas, seat.firstRow() * samples * outputs, rows * outputs);
    seat.meet();
  }

  /** {@return Xᵀ·Δ of all rows if this is the first member, else of none} */
  WeightProduct product(boolean adds) {
    product.setAdds(adds);
    product.setRows(seat.isFirst() ? seat.allRows() * samples : 0);
    return product;
  }

  /** x's gradient = Δ·Wᵀ, or Δ·W, for the member's rows. */
  void inputGradient(int rows, float[] parameters, float[] gradient) {
    float[] all = seat.scratch();
    multiply(allDeltas, outputs, !transposed, inputs, parameters, 0f, all);
    seat.meet();
    System.arraycopy(all, seat.firstRow() * samples * inputs, gradient, 0, rows * inputs);
  }

  /** c = beta·c + a·op(W) for all rows, in the member's columns of c. */
  private void multiply(
      float[] a,
      int inner,
      boolean transposeWeight,
      int width,
      float[] parameters,
      float beta,
      float[] c) {
    int from = seat.firstColumn(width);
    int columns = seat.endColumn(width) - from;
    Blas.multiply(
        false,
        transposeWeight,
        seat.allRows() * samples,
        columns,
        inner,
        a,
        0,
        inner,
        parameters,
        weight.offset() + (transposeWeight ? from * weight.columns() : from),
        weight.columns(),
        beta,
        c,
        from,
        width);
  }
}
