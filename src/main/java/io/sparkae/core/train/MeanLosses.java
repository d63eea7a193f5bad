package io.sparkae.core.train;

import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Losses as means over rows.
 *
 * @param loss all losses added, those of opponents left out; NaN if no rows were measured
 * @param parts each loss that is added, by its name, in the objective's order
 * @param opponents each loss that is not, by its name, in the objective's order
 */
public record MeanLosses(double loss, Map<String, Double> parts, Map<String, Double> opponents) {
  /** No rows were measured. */
  public static final MeanLosses NONE = new MeanLosses(Double.NaN, Map.of(), Map.of());

  /** Each loss divided by its weight; 0 where the weight is 0. */
  static MeanLosses of(Objective objective, Sums totals) {
    Map<String, Double> parts = new LinkedHashMap<>();
    Map<String, Double> opponents = new LinkedHashMap<>();
    double loss = 0;
    int i = 0;
    for (LossSpec spec : objective.losses()) {
      double divisor = totals.weights()[Sums.weightIndex(objective.weights(), spec.weight())][0];
      double mean = divisor == 0 ? 0.0 : totals.losses()[i] / divisor;
      (spec.ofOpponent() ? opponents : parts).put(spec.name(), mean);
      loss += spec.ofOpponent() ? 0 : mean;
      i++;
    }
    return new MeanLosses(
        loss, Collections.unmodifiableMap(parts), Collections.unmodifiableMap(opponents));
  }

  /** {@return whether no rows were measured} */
  public boolean isEmpty() {
    return parts.isEmpty() && opponents.isEmpty();
  }

  boolean areFinite() {
    return Double.isFinite(loss) && opponents.values().stream().allMatch(Double::isFinite);
  }
}
