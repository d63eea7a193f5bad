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
      sums.clearAll();
      return;
    }
    for (int place = from; place < to; place++) {
      shard.copyRow(order.row(place), minibatch, place - from);
    }
    minibatch.setRows(to - from);
    pass.set(state.parameters(), state.statistics(), epoch, progress);
    sums.clear();
    workspace.compute(pass, sums);
  }

  /** Adds the statistics over the rows [from, to), by their index within the data set. */
  void accumulate(
      RoundTask.Kind kind, Shard shard, long from, long to, RoundState state, int epoch) {
    for (long row = from; row < to; row++) {
      shard.copyRow(row, minibatch, (int) (row - from));
    }
    minibatch.setRows((int) (to - from));
    pass.set(state.parameters(), state.statistics(), epoch, 0);
    if (kind == RoundTask.Kind.PREPARE) {
      workspace.prepare(pass, sums);
    } else {
      workspace.renew(pass, sums);
    }
  }
}
