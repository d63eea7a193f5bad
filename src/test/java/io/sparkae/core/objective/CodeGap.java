package io.sparkae.core.objective;

import io.sparkae.core.graph.ParameterSlice;

/** How near any unit of a code comes to 0 or to another unit before its activation. */
final class CodeGap {
  private CodeGap() {}

  /** The least |zⱼ| and |zⱼ − zₗ| over the rows, whole and with any of their elements masked. */
  static double smallest(AutoencoderNetwork network, float[] parameters, float[][] rows) {
    if (!network.settings().hiddenLayers().isEmpty()) {
      return Double.POSITIVE_INFINITY; // smooth activations and no k-sparse code
    }
    double smallest = Double.POSITIVE_INFINITY;
    for (float[] row : rows) {
      for (int kept = 0; kept < 1 << row.length; kept++) {
        float[] masked = row.clone();
        for (int i = 0; i < row.length; i++) {
          if ((kept >> i & 1) == 0) {
            masked[i] = 0;
          }
        }
        smallest = Math.min(smallest, gap(network, parameters, masked));
      }
    }
    return smallest;
  }

  private static double gap(AutoencoderNetwork network, float[] parameters, float[] row) {
    ParameterSlice weight = network.layout().slice("encoder.0.weight");
    ParameterSlice bias = network.layout().slice("encoder.0.bias");
    double[] z = new double[weight.columns()];
    double gap = Double.POSITIVE_INFINITY;
    for (int j = 0; j < z.length; j++) {
      z[j] = parameters[bias.offset() + j];
      for (int i = 0; i < row.length; i++) {
        z[j] += (double) row[i] * parameters[weight.offset() + i * z.length + j];
      }
      gap = Math.min(gap, Math.abs(z[j]));
      for (int l = 0; l < j; l++) {
        gap = Math.min(gap, Math.abs(z[j] - z[l]));
      }
    }
    return gap;
  }
}
