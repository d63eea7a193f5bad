package io.sparkae.core.train;

import java.util.Arrays;
import java.util.List;

/** The model of the epoch with the least validation loss so far. */
final class BestModel {
  private final ValidationSettings settings;
  private float[] parameters;
  private double[][] statistics;
  private int epoch = -1;
  private double loss = Double.POSITIVE_INFINITY;

  /** None yet. */
  BestModel(ValidationSettings settings) {
    this.settings = settings;
  }

  /** Keeps a copy of the model if its loss improves on the least so far. */
  void offer(int offeredEpoch, double offeredLoss, RoundState state) {
    if (!settings.improves(offeredLoss, loss)) {
      return;
    }
    parameters = state.parameters().clone();
    statistics = Arrays.stream(state.statistics()).map(double[]::clone).toArray(double[][]::new);
    epoch = offeredEpoch;
    loss = offeredLoss;
  }

  /** Whether training should end after that epoch. */
  boolean isStale(int lastEpoch) {
    return settings.patience() > 0 && epoch >= 0 && lastEpoch - epoch >= settings.patience();
  }

  int epoch() {
    return epoch;
  }

  double loss() {
    return loss;
  }

  Snapshot.Best snapshot() {
    return parameters == null
        ? new Snapshot.Best(new float[0], List.of(), epoch, loss)
        : new Snapshot.Best(parameters, Arrays.asList(statistics), epoch, loss);
  }

  /** Takes over what was the best model so far. */
  void restore(Snapshot.Best best) {
    epoch = best.epoch();
    loss = best.loss();
    if (epoch >= 0) {
      parameters = best.parameters();
      statistics = best.statistics().toArray(double[][]::new);
    }
  }

  /**
   * Puts the kept model, if there is one, into {@code state}.
   *
   * @return the epoch that the state's model is of
   */
  int restore(RoundState state, int lastEpoch) {
    if (parameters == null) {
      return lastEpoch;
    }
    state.setModel(parameters, statistics);
    return epoch;
  }
}
