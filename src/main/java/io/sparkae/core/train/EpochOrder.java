package io.sparkae.core.train;

import io.sparkae.core.random.RowPermutation;
import java.util.Arrays;

/**
 * The order in which a shard's rows are visited in one epoch.
 *
 * <p>A row's place in the epoch depends on (seed, epoch, row index) alone. In synchronous mode step
 * s takes the rows whose places lie in the s-th share of all places, whoever holds them; in local
 * mode a shard deals its own rows out evenly to the steps, in the order of their places.
 */
final class EpochOrder {
  private final RowPermutation permutation;
  private final TrainingPlan plan;
  private final long[] positions;

  EpochOrder(TrainingPlan plan, int epoch, Shard shard) {
    this.plan = plan;
    this.permutation = new RowPermutation(plan.settings().seed(), epoch, plan.rows());
    this.positions = new long[Math.toIntExact(shard.rows())];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = permutation.position(shard.firstRow() + i);
    }
    Arrays.sort(positions);
  }

  /** The first place in this order that belongs to a step or a later one. */
  int start(int step) {
    if (plan.settings().averaging() == Averaging.LOCAL) {
      return (int) TrainingPlan.share(step, positions.length, plan.stepsPerEpoch());
    }
    int found =
        Arrays.binarySearch(positions, TrainingPlan.share(step, plan.rows(), plan.stepsPerEpoch()));
    return found >= 0 ? found : -found - 1;
  }

  /** Index, within the data set, of the row at a place in this order. */
  long row(int place) {
    return permutation.row(positions[place]);
  }
}
