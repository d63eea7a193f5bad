package io.sparkae.jobs;

import io.sparkae.core.train.TrainingListener;
import io.sparkae.ml.Autoencoder;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A fixed training task whose speed can be compared over time and with other systems.
 *
 * @param name word on the command line
 * @param description what it is, for a person
 * @param hiddenLayers widths between input and code, mirrored in the decoder
 * @param codeSize width of the code
 */
record BenchWorkload(String name, String description, int[] hiddenLayers, int codeSize) {
  static final BenchWorkload DEEP =
      new BenchWorkload(
          "deep",
          "1000-500-250-30 mirrored, ReLU, linear code, sigmoid and cross-entropy, Adam, batch 256",
          new int[] {1000, 500, 250},
          30);

  private static final List<BenchWorkload> ALL = List.of(DEEP);

  static List<String> names() {
    return ALL.stream().map(BenchWorkload::name).toList();
  }

  static BenchWorkload of(String name) {
    return ALL.stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }

  /** Trains through the Estimator, as everybody does. */
  void train(Dataset<Row> table, int epochs, TrainingListener listener) {
    new Autoencoder()
        .setHiddenLayers(hiddenLayers)
        .setCodeSize(codeSize)
        .setActivation("relu")
        .setCodeActivation("linear")
        .setOutputActivation("sigmoid")
        .setLoss("crossEntropy")
        .setOptimizer("adam")
        .setStepSize(0.001)
        .setBatchSize(256)
        .setSeed(1)
        .setEpochs(epochs)
        .setTrainingListener(listener)
        .fit(table);
  }

  /**
   * Floating-point operations of the matrix products for one row: 2 for each weight forward, 2 for
   * the gradient of the weights and 2 for the gradient of the layer's input, which the first layer
   * does not need.
   */
  double flopsPerRow(int features) {
    int[] widths = widths(features);
    double weights =
        IntStream.range(1, widths.length)
            .mapToDouble(i -> (double) widths[i - 1] * widths[i])
            .sum();
    return 6 * weights - 2.0 * widths[0] * widths[1];
  }

  private int[] widths(int features) {
    int layers = hiddenLayers.length;
    int[] widths = new int[2 * layers + 3];
    widths[0] = features;
    widths[layers + 1] = codeSize;
    widths[2 * layers + 2] = features;
    for (int i = 0; i < layers; i++) {
      widths[1 + i] = hiddenLayers[i];
      widths[2 * layers + 1 - i] = hiddenLayers[i];
    }
    return widths;
  }
}
