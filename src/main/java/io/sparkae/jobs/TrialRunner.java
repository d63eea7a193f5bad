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
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains the nets of trials on one set, and measures their test errors. */
final class TrialRunner {
  private static final int TUNING_BATCH_SIZE = 50;

  /** Part of the hidden units' dropout that the features have. */
  private static final double INPUT_DROPOUT = 0.4;

  /** The column of booleans that is true for the validation rows. */
  static final String IS_VALIDATION = "validation";

  /** The pretrained layers of the last trial: those that differ in the tuning alone share them. */
  private record Pretrained(
      String column,
      Trial.Pretraining settings,
      long seed,
      AutoencoderModel encoder,
      double seconds) {
    boolean isOf(Trial trial) {
      return column.equals(trial.column())
          && settings.equals(trial.pretraining())
          && seed == trial.seed();
    }
  }

  private final Dataset<Row> trainAndValidation;
  private final Dataset<Row> test;
  private final Console console;
  private Pretrained last;

  /**
   * @param trainAndValidation rows with the column {@link #IS_VALIDATION}
   */
  TrialRunner(Dataset<Row> trainAndValidation, Dataset<Row> test, Console console) {
    this.trainAndValidation = trainAndValidation;
    this.test = test;
    this.console = console;
  }

  private static int[] hiddenLayers(Trial trial) {
    int[] widths = new int[Vincent2008.layers(trial.column()) - 1];
    Arrays.fill(widths, trial.pretraining().width());
    return widths;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Trains and measures. */
  Trial.Result run(Trial trial) {
    Pretrained before = pretrained(trial);
    long start = System.nanoTime();
    EncoderClassifier classifier =
        new EncoderClassifier()
            .setEncoderModel(before.encoder())
            .setHeadEpochs(0)
            .setStepSize(trial.tuning().stepSize())
            .setEpochs(trial.tuning().epochs())
            .setPatience(trial.tuning().patience())
            .setValidationIndicatorCol(IS_VALIDATION)
            .setHiddenDropout(trial.tuning().dropout())
            .setInputDropout(INPUT_DROPOUT * trial.tuning().dropout())
            .setBatchSize(TUNING_BATCH_SIZE)
            .setSeed(trial.seed());
    listen(classifier);
    EncoderClassifierModel model = classifier.fit(trainAndValidation);
    double seconds = secondsSince(start);
    TrainingSummary summary = model.summary().orElseThrow();
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(test));
    return new Trial.Result(
        100 * summary.validationHistory()[summary.bestEpoch()],
        100 * (1 - accuracy),
        summary.totalEpochs(),
        before.seconds() + seconds,
        test.count());
  }

  private Pretrained pretrained(Trial trial) {
    if (last == null || !last.isOf(trial)) {
      long start = System.nanoTime();
      AutoencoderModel encoder = pretrain(trial);
      last =
          new Pretrained(
              trial.column(), trial.pretraining(), trial.seed(), encoder, secondsSince(start));
    }
    return last;
  }

  private AutoencoderModel pretrain(Trial trial) {
    Trial.Pretraining settings = trial.pretraining();
    if (Vincent2008.corruptionLevels(trial.column()).isPresent()) {
      StackedAutoencoder stack =
          new StackedAutoencoder()
              .setHiddenLayers(hiddenLayers(trial))
              .setCodeSize(settings.width())
              .setActivation("sigmoid")
              .setCodeActivation("sigmoid")
              .setOutputActivation("sigmoid")
              .setLoss("crossEntropy")
              .setTiedWeights(true)
              .setLayerCorruption(settings.corruptionLevel() > 0 ? "masking" : "none")
              .setLayerCorruptionLevels(new double[] {settings.corruptionLevel()})
              .setLayerOptimizer("sgd")
              .setLayerStepSizes(new double[] {settings.stepSize()})
              .setLayerEpochs(new int[] {settings.epochs()})
              .setValidationIndicatorCol(IS_VALIDATION)
              .setFineTune(false)
              .setBatchSize(settings.batchSize())
              .setSeed(trial.seed());
      listen(stack);
      return stack.fit(trainAndValidation);
    }
    DeepBeliefNetwork network =
        new DeepBeliefNetwork()
            .setHiddenLayers(hiddenLayers(trial))
            .setCodeSize(settings.width())
            .setLayerStepSizes(new double[] {settings.stepSize()})
            .setLayerEpochs(new int[] {settings.epochs()})
            .setValidationIndicatorCol(IS_VALIDATION)
            .setFineTune(false)
            .setBatchSize(settings.batchSize())
            .setSeed(trial.seed());
    listen(network);
    return network.fit(trainAndValidation);
  }

  private void listen(HasTrainingListener estimator) {
    if (console.terminal()) { // a bar; lines of every epoch of every trial would say too much
      estimator.setTrainingListener(new ConsoleProgress(console.err(), true));
    }
  }
}
