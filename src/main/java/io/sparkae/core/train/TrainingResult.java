package io.sparkae.core.train;

import java.util.List;

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
   * @param losses mean over the epoch of each loss, in the objective's order
   * @param validationLosses mean over the validation rows after the epoch, in the same order; empty
   *     if there are none
   * @param stepSize of the epoch's last step
   * @param rows rows that the epoch went through
   * @param seconds wall time, validation left out
   */
  public record Epoch(
      List<Double> losses,
      List<Double> validationLosses,
      double stepSize,
      long rows,
      double seconds) {
    /** {@return all losses added} */
    public double loss() {
      return sum(losses);
    }

    /** {@return all losses on the validation rows added; NaN if there are none} */
    public double validationLoss() {
      return validationLosses.isEmpty() ? Double.NaN : sum(validationLosses);
    }

    private static double sum(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }
}
