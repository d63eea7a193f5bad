package io.sparkae.core.train;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import java.util.List;

/**
 * The rounds that every training has on the driver's side, whatever makes its steps: those that go
 * through all rows.
 */
record DriverRounds(
    Objective objective,
    TrainingLoop.Replicas replicas,
    RoundState state,
    Contributions contributions) {
  /** Sets the named statistics to those of all rows; without names does nothing. */
  void fillStatistics(RoundTask.Kind kind, List<String> names, int epoch) {
    if (!names.isEmpty()) {
      List<RoundResult> results = replicas.run(state, new RoundTask(kind, epoch, 0, 0));
      contributions.begin(sums(results));
      contributions.replaceStatistics(state, names);
      contributions.forget();
    }
  }

  /**
   * The losses on the validation rows; none if there are no such rows.
   *
   * @throws TrainingException if one is not finite: no epoch could be told to be the best
   */
  MeanLosses validate(int epoch) {
    if (replicas.validationRows() == 0) {
      return MeanLosses.NONE;
    }
    Sums totals = Sums.withoutDirections(objective);
    Breakdown breakdown = null;
    for (RoundResult result :
        replicas.run(state, new RoundTask(RoundTask.Kind.EVALUATE, epoch, 0, 0))) {
      totals.addScalars(result.sums());
      breakdown = Breakdown.merge(breakdown, result.breakdown());
    }
    if (breakdown != null) {
      throw new TrainingException(
          "the loss of the validation rows stopped being finite in epoch "
              + (epoch + 1)
              + ": "
              + breakdown.adviceOnValidation());
    }
    return MeanLosses.of(objective, totals);
  }

  static Sums[] sums(List<RoundResult> results) {
    return results.stream().map(RoundResult::sums).toArray(Sums[]::new);
  }
}
