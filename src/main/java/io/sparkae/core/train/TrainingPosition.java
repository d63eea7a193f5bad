package io.sparkae.core.train;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.optimize.FullBatchOptimizer.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a training is between two rounds: the epochs that have ended, and the one so far. */
final class TrainingPosition {
  private final Objective objective;
  private final List<TrainingResult.Epoch> epochs = new ArrayList<>();
  private Sums totals;
  private int step;
  private long rows;
  private double seconds;
  private Optional<Memory> memory = Optional.empty();

  /** Before the first epoch. */
  TrainingPosition(Objective objective) {
    this.objective = objective;
    this.totals = Sums.withoutDirections(objective);
  }

  /** The epoch that is under way, from 0: as many have ended. */
  int epoch() {
    return epochs.size();
  }

  /** Optimizer steps of the epoch that are done. */
  int step() {
    return step;
  }

  /** Rows that the epoch went through so far. */
  long rows() {
    return rows;
  }

  /** Wall time of the epoch so far. */
  double seconds() {
    return seconds;
  }

  void setSeconds(double seconds) {
    this.seconds = seconds;
  }

  /** What an optimizer that takes all rows in each step goes on from. */
  Optional<Memory> memory() {
    return memory;
  }

  void setMemory(Optional<Memory> now) {
    memory = now;
  }

  /** Sums over the rows of the epoch so far. */
  Sums totals() {
    return totals;
  }

  /** The epochs that have ended. */
  List<TrainingResult.Epoch> epochs() {
    return epochs;
  }

  /** A round of the epoch has ended. */
  void add(int roundSteps, long roundRows, Sums roundTotals) {
    step += roundSteps;
    rows += roundRows;
    totals.addScalars(roundTotals);
  }

  /** The epoch has ended, and the next is under way. */
  void end(TrainingResult.Epoch epoch) {
    epochs.add(epoch);
    totals = Sums.withoutDirections(objective);
    step = 0;
    rows = 0;
    seconds = 0;
  }

  Snapshot.Position snapshot() {
    return new Snapshot.Position(
        step,
        rows,
        seconds,
        totals.losses(),
        Arrays.asList(totals.weights()),
        Arrays.asList(totals.statistics()),
        List.copyOf(epochs),
        memory);
  }

  /** Takes over what a training of the same objective left. */
  void restore(Snapshot.Position position) {
    epochs.addAll(position.epochs());
    step = position.step();
    rows = position.rows();
    seconds = position.seconds();
    memory = position.memory();
    Vectors.copy(position.losses(), totals.losses());
    Vectors.copy(position.weights(), totals.weights());
    Vectors.copy(position.statistics(), totals.statistics());
  }
}
