package io.sparkae.ml;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.spark.Trainer;

/**
 * How a training went.
 *
 * @param objectiveHistory mean loss of each epoch, over its rows and with the parameters of the
 *     moment
 * @param rows rows that were trained on
 * @param skippedRows invalid rows that were dropped
 * @param replicas tasks that trained side by side
 * @param microBatches parts of a replica's minibatch
 * @param totalSteps optimizer steps
 * @param seconds wall time of the epochs
 * @param blas what the driver multiplied with
 */
public record AutoencoderSummary(
    double[] objectiveHistory,
    long rows,
    long skippedRows,
    int replicas,
    int microBatches,
    long totalSteps,
    double seconds,
    Blas.Description blas) {
  static AutoencoderSummary of(Trainer.Outcome outcome) {
    TrainingResult result = outcome.result();
    return new AutoencoderSummary(
        result.epochs().stream().mapToDouble(TrainingResult.Epoch::loss).toArray(),
        outcome.rows(),
        outcome.skippedRows(),
        result.plan().replicas(),
        result.plan().microBatches(),
        result.state().step(),
        result.epochs().stream().mapToDouble(TrainingResult.Epoch::seconds).sum(),
        Blas.description());
  }

  /** Epochs. */
  public int totalEpochs() {
    return objectiveHistory.length;
  }

  /** Rows that went through training in a second. */
  public double rowsPerSecond() {
    return (double) rows * objectiveHistory.length / seconds;
  }
}
