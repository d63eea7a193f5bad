package io.sparkae.core.graph;

import io.sparkae.core.linalg.Blas;
import java.util.Arrays;

/**
 * y = f(x·W + b), or f(x·Wᵀ + b) for a decoder that is tied to its encoder; bias and activation in
 * one pass over the rows.
 *
 * <p>W is stored inputs × outputs (of the untransposed layer). A sparse input is never made dense:
 * forward and backward touch only the rows of W that its non-zero elements name.
 */
final class Affine extends Node {
  private final Node input;
  private final MinibatchColumn sparse;
  private final ParameterSlice weight;
  private final boolean transposed;
  private final ParameterSlice bias;
  private final Activation activation;
  private final boolean trained;
  private final float[] ones;
  private final WeightProduct product;
  private boolean addWeight;
  private boolean addBias;

  Affine(
      int capacity,
      Node input,
      ParameterSlice weight,
      boolean transposed,
      ParameterSlice bias,
      Activation activation,
      boolean trained) {
    super(
        outputs(weight, transposed),
        input.samples(),
        buffer(capacity * input.samples(), weight, transposed),
        buffer(capacity * input.samples(), weight, transposed));
    int inputs = transposed ? weight.columns() : weight.rows();
    if (input.width() != inputs || bias.length() != width()) {
      throw new IllegalArgumentException(
          weight.name()
              + " takes "
              + inputs
              + " inputs and "
              + width()
              + " biases, not "
              + input.width()
              + " and "
              + bias.length());
    }
    this.input = input;
    this.sparse = input.sparseRows();
    this.weight = weight;
    this.transposed = transposed;
    this.bias = bias;
    this.activation = activation;
    this.trained = trained;
    this.ones = new float[capacity * input.samples()];
    Arrays.fill(ones, 1f);
    // Xᵀ·Δ, or Δᵀ·X for a transposed weight: either has the shape of W
    this.product =
        transposed
            ? new WeightProduct(weight, gradient(), input.value())
            : new WeightProduct(weight, input.value(), gradient());
    if (sparse != null && transposed) {
      throw new IllegalArgumentException(weight.name() + " is transposed: its input must be dense");
    }
  }

  private static int outputs(ParameterSlice weight, boolean transposed) {
    return transposed ? weight.rows() : weight.columns();
  }

  private static float[] buffer(int capacity, ParameterSlice weight, boolean transposed) {
    return new float[Math.multiplyExact(capacity, outputs(weight, transposed))];
  }

  @Override
  protected void claim(SliceClaims claims) {
    if (trained) {
      addWeight = claims.mustAdd(weight);
      product.setAdds(addWeight);
      addBias = claims.mustAdd(bias);
    }
  }

  @Override
  protected void forward(Pass pass) {
    int rows = rows(pass);
    int outputs = width();
    float[] parameters = pass.parameters();
    float[] y = value();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(parameters, bias.offset(), y, row * outputs, outputs);
    }
    if (sparse == null) {
      Blas.multiply(
          false,
          transposed,
          rows,
          outputs,
          input.width(),
          input.value(),
          0,
          input.width(),
          parameters,
          weight.offset(),
          weight.columns(),
          1f,
          y,
          0,
          outputs);
    } else {
      addSparseProduct(rows, parameters, y);
    }
    activation.forward(y, 0, rows * outputs);
  }

  private void addSparseProduct(int rows, float[] parameters, float[] y) {
    int outputs = width();
    int[] starts = sparse.rowStarts();
    int[] indices = sparse.indices();
    float[] nonZeros = sparse.nonZeros();
    for (int row = 0; row < rows; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        int from = weight.offset() + indices[i] * outputs;
        Blas.addScaled(y, row * outputs, nonZeros[i], parameters, from, outputs);
      }
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    int rows = rows(pass);
    int outputs = width();
    float[] delta = gradient();
    activation.backward(value(), delta, 0, rows * outputs);
    if (trained) {
      parameterGradients(rows, delta, direction);
    }
    if (input.gradient() != null) {
      Blas.multiply(
          false,
          !transposed,
          rows,
          input.width(),
          outputs,
          delta,
          0,
          outputs,
          pass.parameters(),
          weight.offset(),
          weight.columns(),
          0f,
          input.gradient(),
          0,
          input.width());
    }
  }

  private void parameterGradients(int rows, float[] delta, Direction direction) {
    float beta = addBias ? 1f : 0f;
    Blas.addColumnSums(rows, width(), delta, ones, beta, direction.elements(bias), bias.offset());
    if (sparse == null) {
      product.setRows(rows);
      direction.defer(product);
    } else {
      sparseWeightGradient(rows, delta, direction);
    }
  }

  /** Of the rows of W that the non-zero elements name; the others' direction is zero. */
  private void sparseWeightGradient(int rows, float[] delta, Direction direction) {
    int outputs = width();
    int[] starts = sparse.rowStarts();
    int[] indices = sparse.indices();
    float[] nonZeros = sparse.nonZeros();
    TouchedRows touched = addWeight ? null : direction.open(weight);
    float[] elements = addWeight ? direction.elements(weight) : direction.held();
    for (int row = 0; row < rows; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        if (touched != null) {
          touched.touch(indices[i], elements);
        }
        int to = weight.offset() + indices[i] * outputs;
        Blas.addScaled(elements, to, nonZeros[i], delta, row * outputs, outputs);
      }
    }
  }
}
