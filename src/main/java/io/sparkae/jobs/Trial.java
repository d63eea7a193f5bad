package io.sparkae.jobs;

import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.DeepBeliefNetwork;
import io.sparkae.ml.EncoderClassifier;
import io.sparkae.ml.EncoderClassifierModel;
import io.sparkae.ml.HasTrainingListener;
import io.sparkae.ml.StackedAutoencoder;
import io.sparkae.ml.TrainingSummary;
import io.sparkae.report.ConsoleProgress;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One net of the table with all its settings: layers pretrained by themselves, then everything
 * tuned with a softmax on top, stopped by the errors on the validation rows.
 *
 * @param column column of the table, which says what the layers are pretrained as
 * @param width units of each hidden layer
 * @param corruptionLevel part of a layer's inputs that is masked; 0 for none
 * @param layerStepSize step size of the pretraining
 * @param layerEpochs passes over the rows for each layer
 * @param stepSize step size of the tuning
 * @param epochs passes of the tuning at most
 * @param patience epochs without fewer errors after which the tuning ends
 * @param seed seed of everything random
 */
record Trial(
    String column,
    int width,
    double corruptionLevel,
    double layerStepSize,
    int layerEpochs,
    double stepSize,
    int epochs,
    int patience,
    long seed) {
  private static final int BATCH_SIZE = 100;

  /** The column of booleans that is true for the validation rows. */
  static final String IS_VALIDATION = "validation";

  /** Rows of a set. */
  record Rows(Dataset<Row> trainAndValidation, Dataset<Row> test) {}

  /**
   * What came out.
   *
   * @param validationErrorPercent least part of the validation rows that was classified wrongly
   * @param testErrorPercent the same of the test rows, with the same parameters
   * @param epochs epochs of the tuning
   * @param seconds wall time of pretraining and tuning
   * @param testRows rows that were tested on
   */
  record Result(
      double validationErrorPercent,
      double testErrorPercent,
      int epochs,
      double seconds,
      long testRows) {}

  Trial withWidth(int other) {
    return new Trial(
        column,
        other,
        corruptionLevel,
        layerStepSize,
        layerEpochs,
        stepSize,
        epochs,
        patience,
        seed);
  }

  Trial withCorruptionLevel(double other) {
    return new Trial(
        column, width, other, layerStepSize, layerEpochs, stepSize, epochs, patience, seed);
  }

  Trial withLayerStepSize(double other) {
    return new Trial(
        column, width, corruptionLevel, other, layerEpochs, stepSize, epochs, patience, seed);
  }

  Trial withLayerEpochs(int other) {
    return new Trial(
        column, width, corruptionLevel, layerStepSize, other, stepSize, epochs, patience, seed);
  }

  Trial withStepSize(double other) {
    return new Trial(
        column, width, corruptionLevel, layerStepSize, layerEpochs, other, epochs, patience, seed);
  }

  private int[] hiddenLayers() {
    int[] widths = new int[Vincent2008.layers(column) - 1];
    Arrays.fill(widths, width);
    return widths;
  }

  /** Trains and measures. */
  Result run(Rows rows, Console console) {
    long start = System.nanoTime();
    AutoencoderModel encoder = pretrain(rows.trainAndValidation(), console);
    EncoderClassifier classifier =
        new EncoderClassifier()
            .setEncoderModel(encoder)
            .setHeadEpochs(0)
            .setStepSize(stepSize)
            .setEpochs(epochs)
            .setPatience(patience)
            .setValidationIndicatorCol(IS_VALIDATION)
            .setBatchSize(BATCH_SIZE)
            .setSeed(seed);
    listen(classifier, console);
    EncoderClassifierModel model = classifier.fit(rows.trainAndValidation());
    double seconds = (System.nanoTime() - start) / 1e9;
    TrainingSummary summary = model.summary().orElseThrow();
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(rows.test()));
    return new Result(
        100 * summary.validationHistory()[summary.bestEpoch()],
        100 * (1 - accuracy),
        summary.totalEpochs(),
        seconds,
        rows.test().count());
  }

  private AutoencoderModel pretrain(Dataset<Row> rows, Console console) {
    if (Vincent2008.corruptionLevels(column).isPresent()) {
      StackedAutoencoder stack =
          new StackedAutoencoder()
              .setHiddenLayers(hiddenLayers())
              .setCodeSize(width)
              .setActivation("sigmoid")
              .setCodeActivation("sigmoid")
              .setOutputActivation("sigmoid")
              .setLoss("crossEntropy")
              .setTiedWeights(true)
              .setLayerCorruption(corruptionLevel > 0 ? "masking" : "none")
              .setLayerCorruptionLevels(new double[] {corruptionLevel})
              .setLayerStepSizes(new double[] {layerStepSize})
              .setLayerEpochs(new int[] {layerEpochs})
              .setValidationIndicatorCol(IS_VALIDATION)
              .setFineTune(false)
              .setBatchSize(BATCH_SIZE)
              .setSeed(seed);
      listen(stack, console);
      return stack.fit(rows);
    }
    DeepBeliefNetwork network =
        new DeepBeliefNetwork()
            .setHiddenLayers(hiddenLayers())
            .setCodeSize(width)
            .setLayerStepSizes(new double[] {layerStepSize})
            .setLayerEpochs(new int[] {layerEpochs})
            .setValidationIndicatorCol(IS_VALIDATION)
            .setFineTune(false)
            .setBatchSize(BATCH_SIZE)
            .setSeed(seed);
    listen(network, console);
    return network.fit(rows);
  }

  private static void listen(HasTrainingListener estimator, Console console) {
    if (console.terminal()) { // a bar; lines of every epoch of every trial would say too much
      estimator.setTrainingListener(new ConsoleProgress(console.err(), true));
    }
  }

  /** The settings in a few words. */
  String description() {
    String noise =
        corruptionLevel > 0
            ? String.format(Locale.ROOT, ", noise %.0f%%", 100 * corruptionLevel)
            : "";
    return String.format(
        Locale.ROOT,
        "%d units%s, %d epochs of %s a layer, tuned by steps of %s",
        width,
        noise,
        layerEpochs,
        layerStepSize,
        stepSize);
  }
}
