package io.sparkae.core.train;

import java.util.List;

/**
 * What a training leaves.
 *
 * @param state parameters, optimizer state and statistics after the last step
 * @param epochs one entry for each epoch
 * @param plan settings made definite
 */
public record TrainingResult(RoundState state, List<Epoch> epochs, TrainingPlan plan) {
  /**
   * One epoch.
   *
   * @param losses mean over the epoch of each loss, in the objective's order
   * @param rows rows that the epoch went through
   * @param seconds wall time
   */
  public record Epoch(List<Double> losses, long rows, double seconds) {
    /** All losses added. */
    public double loss() {
      return losses.stream().mapToDouble(Double::doubleValue).sum();
    }
  }
}
