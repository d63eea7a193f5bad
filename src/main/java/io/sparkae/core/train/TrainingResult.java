package io.sparkae.core.train;

import java.util.List;
import java.util.Map;

/**
 * What a training leaves.
 *
 * @param state optimizer state after the last step; parameters and statistics after it too, or
 *     those of the best epoch where there were validation rows
 * @param epochs one entry for each epoch
 * @param plan settings made definite
 * @param bestEpoch epoch that the parameters are of, from 0
 */
public record TrainingResult(
    RoundState state, List<Epoch> epochs, TrainingPlan plan, int bestEpoch) {
  /** {@return whether training ended before its last epoch} */
  public boolean stoppedEarly() {
    return epochs.size() < plan.epochs();
  }

  /**
   * One epoch.
   *
   * @param losses means over the rows of the epoch, with the parameters of the moment
   * @param validation means over the validation rows after the epoch; none if there are none
   * @param statistics mean over the rows of the epoch of each statistic that is recorded, by name
   * @param stepSize of the epoch's last step
   * @param rows rows that the epoch went through
   * @param seconds wall time, validation left out
   */
  public record Epoch(
      MeanLosses losses,
      MeanLosses validation,
      Map<String, double[]> statistics,
      double stepSize,
      long rows,
      double seconds) {
    /** {@return the loss: all parts added} */
    public double loss() {
      return losses.loss();
    }

    /** {@return the loss on the validation rows; NaN if there are none} */
    public double validationLoss() {
      return validation.loss();
    }
  }
}
