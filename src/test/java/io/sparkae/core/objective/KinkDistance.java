package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ParameterSlice;

/** How near any unit of a (leaky) rectifier network comes to its kink: |x·W + b| over all rows. */
final class KinkDistance {
  private KinkDistance() {}

  static double smallest(AutoencoderNetwork network, float[] parameters, float[][] rows) {
    AutoencoderSettings settings = network.settings();
    int layers = settings.hiddenLayers().size() + 1;
    double smallest = Double.POSITIVE_INFINITY;
    for (float[] row : rows) {
      double[] h = new double[row.length];
      for (int i = 0; i < h.length; i++) {
        h[i] = row[i];
      }
      for (int layer = 0; layer < 2 * layers; layer++) {
        boolean encodes = layer < layers;
        boolean tied = settings.tiedWeights() && !encodes;
        int number = encodes ? layer : layer - layers;
        String part = encodes ? "encoder." : "decoder.";
        ParameterSlice weight =
            network
                .layout()
                .slice(
                    tied
                        ? "encoder." + (layers - 1 - number) + ".weight"
                        : part + number + ".weight");
        ParameterSlice bias = network.layout().slice(part + number + ".bias");
        h = affine(parameters, weight, tied, bias, h);
        boolean linear =
            layer == 2 * layers - 1 && settings.outputActivation() != settings.activation();
        for (int i = 0; i < h.length && !linear; i++) {
          smallest = Math.min(smallest, Math.abs(h[i]));
          double slope = settings.activation() == Activation.RELU ? 0 : 0.01;
          h[i] = h[i] > 0 ? h[i] : slope * h[i];
        }
      }
    }
    return smallest;
  }

  private static double[] affine(
      float[] parameters, ParameterSlice weight, boolean tied, ParameterSlice bias, double[] x) {
    double[] y = new double[bias.length()];
    for (int j = 0; j < y.length; j++) {
      y[j] = parameters[bias.offset() + j];
      for (int i = 0; i < x.length; i++) {
        int at = tied ? j * weight.columns() + i : i * weight.columns() + j;
        y[j] += x[i] * parameters[weight.offset() + at];
      }
    }
    return y;
  }
}
