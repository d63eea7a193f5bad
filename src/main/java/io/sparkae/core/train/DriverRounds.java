package io.sparkae.core.train;

import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds that every training has on the driver's side, whatever makes its steps: those that go
 * through all rows.
 */
record DriverRounds(
    Objective objective, TrainingLoop.Replicas replicas, RoundState state, StepUpdate update) {
  /** Sets the named statistics to those of all rows; without names does nothing. */
  void fillStatistics(RoundTask.Kind kind, List<String> names, int epoch) {
    if (!names.isEmpty()) {
      List<RoundResult> results = replicas.run(state, new RoundTask(kind, epoch, 0, 0));
      update.replaceStatistics(sums(results), state, names);
    }
  }

  /** The mean of each loss over the validation rows; none if there are no such rows. */
  List<Double> validate(int epoch) {
    if (replicas.validationRows() == 0) {
      return List.of();
    }
    Sums totals = Sums.withoutDirections(objective);
    for (RoundResult result :
        replicas.run(state, new RoundTask(RoundTask.Kind.EVALUATE, epoch, 0, 0))) {
      totals.addScalars(result.sums());
    }
    return meanLosses(totals);
  }

  /** Each loss divided by its weight; 0 where the weight is 0. */
  List<Double> meanLosses(Sums totals) {
    List<Double> means = new ArrayList<>();
    for (LossSpec spec : objective.losses()) {
      double divisor = totals.weights()[Sums.weightIndex(objective.weights(), spec.weight())][0];
      means.add(divisor == 0 ? 0.0 : totals.losses()[means.size()] / divisor);
    }
    return means;
  }

  static Sums[] sums(List<RoundResult> results) {
    return results.stream().map(RoundResult::sums).toArray(Sums[]::new);
  }

  static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
