package io.sparkae.ml;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.objective.NormalCodes;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Means and covariances of codes. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CodeMoments(double[] means, double[][] covariance) {
  /** A direction in which codes hardly differ counts as if they did by this part of the mean. */
  private static final double LEAST = 1e-4;

  private static final double TINY = 1e-12;

  /** Of codes, one or more, all of the same size. */
  static CodeMoments of(List<float[]> codes) {
    int size = codes.get(0).length;
    double[] means = new double[size];
    for (float[] code : codes) {
      for (int i = 0; i < size; i++) {
        means[i] += (double) code[i] / codes.size();
      }
    }
    float[] centred = new float[Math.multiplyExact(codes.size(), size)];
    for (int row = 0; row < codes.size(); row++) {
      for (int i = 0; i < size; i++) {
        centred[row * size + i] = (float) (codes.get(row)[i] - means[i]);
      }
    }
    float[] products = new float[size * size];
    Blas.multiply(
        true,
        false,
        size,
        size,
        codes.size(),
        centred,
        0,
        size,
        centred,
        0,
        size,
        0f,
        products,
        0,
        size);
    double[][] covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double both = (double) products[i * size + j] + products[j * size + i];
        covariance[i][j] = both / 2 / codes.size();
      }
    }
    return new CodeMoments(means, covariance);
  }

  /** The normal distribution of these moments, by its principal axes. */
  NormalCodes normalCodes() {
    int size = means.length;
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    double[] variances = eigen.getRealEigenvalues();
    double total = 0;
    for (double variance : variances) {
      total += Math.max(0, variance);
    }
    double least = Math.max(TINY, LEAST * total / size);
    float[] mean = new float[size];
    float[] axes = new float[size * size];
    for (int j = 0; j < size; j++) {
      mean[j] = (float) means[j];
      double length = Math.sqrt(Math.max(least, variances[j]));
      for (int i = 0; i < size; i++) {
        axes[j * size + i] = (float) (length * eigen.getV().getEntry(i, j));
      }
    }
    return new NormalCodes(mean, axes);
  }
}
