package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.ml.Autoencoder;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A fixed training task whose speed can be compared over time and with other systems.
 *
 * @param name word on the command line
 * @param description what it is, for a person
 * @param settings shape and loss
 */
record BenchWorkload(String name, String description, AutoencoderSettings settings) {
  static final BenchWorkload DEEP =
      new BenchWorkload(
          "deep",
          "1000-500-250-30 mirrored, ReLU, linear code, sigmoid and cross-entropy, Adam, batch 256",
          new AutoencoderSettings(
              List.of(1000, 500, 250),
              30,
              Activation.RELU,
              Activation.LINEAR,
              Activation.SIGMOID,
              LossKind.CROSS_ENTROPY,
              false,
              0));

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
        .setHiddenLayers(settings.hiddenLayers().stream().mapToInt(width -> width).toArray())
        .setCodeSize(settings.codeSize())
        .setActivation(Check.camelCase(settings.activation()))
        .setCodeActivation(Check.camelCase(settings.codeActivation()))
        .setOutputActivation(Check.camelCase(settings.outputActivation()))
        .setLoss(Check.camelCase(settings.loss()))
        .setTiedWeights(settings.tiedWeights())
        .setWeightDecay(settings.penalties().weightDecay())
        .setOptimizer("adam")
        .setStepSize(0.001)
        .setBatchSize(256)
        .setSeed(1)
        .setEpochs(epochs)
        .setTrainingListener(listener)
        .fit(table);
  }

  /** The network for rows of some width. */
  AutoencoderNetwork network(int features) {
    return new AutoencoderNetwork(features, settings);
  }
}
