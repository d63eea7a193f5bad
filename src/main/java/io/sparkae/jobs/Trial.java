package io.sparkae.jobs;

import io.sparkae.core.Check;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * One net of the table with all its settings: layers pretrained by themselves, then everything
 * tuned with a softmax on top, stopped by the errors on the validation rows.
 *
 * @param column column of the table, which says what the layers are pretrained as
 * @param pretraining how each layer is pretrained
 * @param tuning how the whole net is tuned
 * @param seed seed of everything random
 */
record Trial(String column, Pretraining pretraining, Tuning tuning, long seed) {
  /**
   * @param width units of each hidden layer
   * @param corruptionLevel part of a layer's inputs that is masked; 0 for none
   * @param batchSize rows of a step
   * @param stepSize step size
   * @param epochs passes over the rows for each layer
   */
  record Pretraining(
      int width, double corruptionLevel, int batchSize, double stepSize, int epochs) {}

  /**
   * @param dropout probability to drop a hidden unit
   * @param stepSize step size
   * @param epochs passes over the rows at most
   * @param patience epochs without fewer errors after which the tuning ends
   */
  record Tuning(double dropout, double stepSize, int epochs, int patience) {}

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
      long testRows) {
    Result {
      Check.that(
          Double.isFinite(validationErrorPercent),
          "validationErrorPercent",
          FINITE,
          validationErrorPercent);
      Check.that(Double.isFinite(testErrorPercent), "testErrorPercent", FINITE, testErrorPercent);
      Check.that(Double.isFinite(seconds), "seconds", FINITE, seconds);
    }
  }

  private static final String FINITE = "a finite number";

  private Trial with(Pretraining other) {
    return new Trial(column, other, tuning, seed);
  }

  Trial withWidth(int width) {
    Pretraining p = pretraining;
    return with(new Pretraining(width, p.corruptionLevel, p.batchSize, p.stepSize, p.epochs));
  }

  Trial withCorruptionLevel(double level) {
    Pretraining p = pretraining;
    return with(new Pretraining(p.width, level, p.batchSize, p.stepSize, p.epochs));
  }

  Trial withLayerStepSize(double stepSize) {
    Pretraining p = pretraining;
    return with(new Pretraining(p.width, p.corruptionLevel, p.batchSize, stepSize, p.epochs));
  }

  private Trial with(Tuning other) {
    return new Trial(column, pretraining, other, seed);
  }

  Trial withDropout(double dropout) {
    return with(new Tuning(dropout, tuning.stepSize, tuning.epochs, tuning.patience));
  }

  Trial withStepSize(double stepSize) {
    return with(new Tuning(tuning.dropout, stepSize, tuning.epochs, tuning.patience));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** The settings in a few words. */
  String description() {
    String noise =
        pretraining.corruptionLevel > 0
            ? String.format(Locale.ROOT, ", noise %.0f%%", 100 * pretraining.corruptionLevel)
            : "";
    return String.format(
        Locale.ROOT,
        "%d units%s, %d epochs of %s a layer, tuned by steps of %s%s",
        pretraining.width,
        noise,
        pretraining.epochs,
        plain(pretraining.stepSize),
        plain(tuning.stepSize),
        tuning.dropout > 0
            ? String.format(Locale.ROOT, " with %.0f%% dropout", 100 * tuning.dropout)
            : "");
  }
}
