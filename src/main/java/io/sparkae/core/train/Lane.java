package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Workspace;
import io.sparkae.core.random.RandomStreams;

/** The buffers of one micro-batch: its rows, its graph, its sums. */
final class Lane {
  private final Minibatch minibatch;
  private final Pass pass;
  private final Workspace workspace;
  private final Sums sums;

  Lane(Objective objective, int capacity, long seed) {
    minibatch = new Minibatch(objective.columns(), capacity);
    pass = new Pass(minibatch, new RandomStreams(seed));
    workspace = objective.newWorkspace(minibatch);
    sums = new Sums(objective);
  }

  Sums sums() {
    return sums;
  }

  int capacity() {
    return minibatch.capacity();
  }

  /** Computes the sums over the rows at [from, to) of the epoch's order. */
  void compute(
      Shard shard,
      EpochOrder order,
      int from,
      int to,
      RoundState state,
      int epoch,
      double progress) {
    if (from == to) {
      computeNothing();
      return;
    }
    for (int place = from; place < to; place++) {
      shard.copyRow(order.row(place), minibatch, place - from);
    }
    minibatch.setRows(to - from);
    pass.set(state.parameters(), state.statistics(), epoch, progress);
    pass.setTraining(true);
    sums.clear();
    workspace.compute(pass, sums);
  }

  /** Leaves the sums over no rows. */
  void computeNothing() {
    minibatch.setRows(0);
    sums.clearToZero();
  }

  /** Adds the sums of a pass over the rows [from, to), by their index within the data set. */
  void accumulate(RoundTask task, Shard shard, long from, long to, RoundState state, double done) {
    for (long row = from; row < to; row++) {
      shard.copyRow(row, minibatch, (int) (row - from));
    }
    minibatch.setRows((int) (to - from));
    pass.set(state.parameters(), state.statistics(), task.epoch(), done);
    pass.setTraining(task.kind() != RoundTask.Kind.EVALUATE);
    switch (task.kind()) {
      case PREPARE -> workspace.prepare(pass, sums);
      case RENEW -> workspace.renew(pass, sums);
      case EVALUATE -> workspace.evaluate(pass, sums);
      case GRADIENT -> workspace.compute(pass, sums);
      case WALK, SUM -> throw new IllegalArgumentException(task + " is no pass over all rows");
    }
  }

  /** The largest of a shard's features, its first column, for the account of a breakdown. */
  Breakdown.LargestInput largestInput(Shard shard) {
    Breakdown.LargestInput largest = Breakdown.LargestInput.NONE;
    for (long row = shard.firstRow(); row < shard.firstRow() + shard.rows(); row++) {
      shard.copyRow(row, minibatch, 0);
      largest = largest.orLarger(new Breakdown.LargestInput(row, minibatch.column(0).largest(0)));
    }
    return largest;
  }
}
