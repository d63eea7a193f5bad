package io.sparkae.core.linalg;

import java.util.Arrays;
import java.util.Random;

/** Holds {@link Blas#multiply} against three loops in double. */
final class MultiplyCheck {
  /** Stands where no product may write. */
  private static final float UNTOUCHED = 12345.5f;

  private MultiplyCheck() {}

  /**
   * One random product whose matrices lie at offsets in wider rows.
   *
   * @return the largest error, in units of 2⁻²³ of the sum of the products' magnitudes; infinite if
   *     anything outside of C was written
   */
  static double worstError(
      Random random, boolean transposeA, boolean transposeB, int[] shape, int slack, float beta) {
    int rows = shape[0];
    int columns = shape[1];
    int inner = shape[2];
    Matrix a = new Matrix(transposeA ? inner : rows, transposeA ? rows : inner, slack, random);
    Matrix b =
        new Matrix(transposeB ? columns : inner, transposeB ? inner : columns, slack, random);
    Matrix c = new Matrix(rows, columns, slack, random);
    if (beta == 0) { // what was there must not shine through
      for (int i = 0; i < rows; i++) {
        Arrays.fill(c.values, c.at(i, 0), c.at(i, 0) + columns, Float.NaN);
      }
    }
    float[] before = c.values.clone();
    Blas.multiply(
        transposeA,
        transposeB,
        rows,
        columns,
        inner,
        a.values,
        a.offset,
        a.stride,
        b.values,
        b.offset,
        b.stride,
        beta,
        c.values,
        c.offset,
        c.stride);
    double worst = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double expected = beta == 0 ? 0 : beta * (double) before[c.at(i, j)];
        double magnitude = Math.abs(expected);
        for (int k = 0; k < inner; k++) {
          double left = a.values[transposeA ? a.at(k, i) : a.at(i, k)];
          double right = b.values[transposeB ? b.at(j, k) : b.at(k, j)];
          expected += left * right;
          magnitude += Math.abs(left * right);
        }
        double error = Math.abs(c.values[c.at(i, j)] - expected) / (0x1p-23 * magnitude + 1e-30);
        worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        c.values[c.at(i, j)] = UNTOUCHED;
      }
    }
    for (float value : c.values) {
      worst = value == UNTOUCHED ? worst : Double.POSITIVE_INFINITY;
    }
    return worst;
  }

  /** Random numbers within a surround of {@link #UNTOUCHED}. */
  private static final class Matrix {
    final int offset;
    final int stride;
    final float[] values;

    Matrix(int rows, int columns, int slack, Random random) {
      offset = 3 * slack;
      stride = Math.max(1, columns + slack);
      values = new float[offset + rows * stride + slack];
      Arrays.fill(values, UNTOUCHED);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          values[at(i, j)] = (float) random.nextGaussian();
        }
      }
    }

    int at(int row, int column) {
      return offset + row * stride + column;
    }
  }
}
