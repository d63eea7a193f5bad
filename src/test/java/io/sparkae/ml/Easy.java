package io.sparkae.ml;

import io.sparkae.core.graph.ParameterSlice;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the tests of this package share. */
final class Easy {
  private Easy() {}

  /** A small estimator that trains in a moment. */
  static Autoencoder autoencoder() {
    return new Autoencoder()
        .setHiddenLayers(new int[] {6})
        .setCodeSize(3)
        .setActivation("tanh")
        .setOutputActivation("sigmoid")
        .setStepSize(0.01)
        .setBatchSize(16)
        .setEpochs(2)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5);
  }

  /**
   * The squared norm of a sigmoid code's Jacobian, Σⱼ (hⱼ(1 − hⱼ))²·Σᵢ Wᵢⱼ² with h = sigmoid(x·W +
   * b); the mean over rows, of an encoder of one layer.
   */
  static double squaredJacobian(AutoencoderModel model, List<double[]> rows) {
    int units = model.getCodeSize();
    int inputs = model.numFeatures();
    float[] all = model.parameters();
    ParameterSlice weight = model.layout().slice("encoder.0.weight");
    ParameterSlice bias = model.layout().slice("encoder.0.bias");
    double sum = 0;
    for (int j = 0; j < units; j++) {
      double[] w = new double[inputs];
      double square = 0;
      for (int i = 0; i < inputs; i++) {
        w[i] = all[weight.offset() + i * units + j];
        square += w[i] * w[i];
      }
      for (double[] row : rows) {
        double z = all[bias.offset() + j];
        for (int i = 0; i < inputs; i++) {
          z += row[i] * w[i];
        }
        double h = 1 / (1 + Math.exp(-z));
        sum += h * (1 - h) * (h * (1 - h)) * square;
      }
    }
    return sum / rows.size();
  }

  /** A column of vectors, as arrays. */
  static List<double[]> arrays(Dataset<Row> table, String column) {
    return table.select(column).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }
}
