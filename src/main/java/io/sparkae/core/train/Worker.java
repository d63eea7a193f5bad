package io.sparkae.core.train;

import io.sparkae.core.linalg.BFloat16;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;

/**
 * All that one task does in a round, without Spark: a replica's buffers and threads over its rows.
 *
 * <p>Each minibatch is cut into micro-batches. Every micro-batch runs forward and backward in
 * buffers of its own over shared parameters; the threads meet; each steps its part of the
 * parameters from the micro-batches' sums, added in their order; the threads meet again. Which
 * thread did what leaves no trace in the numbers. Steps allocate nothing.
 *
 * <p>Used by one task at a time.
 */
public final class Worker {
  private final Objective objective;
  private final TrainingPlan plan;
  private final Lane[] lanes;
  private final Sums[] parts;
  private final StepUpdate[] updates;
  private final Tiles tiles;
  private final Tiles measuredTiles;
  private final Sums roundSums;
  private final GradientSum gradient;
  private final RoundState state;

  /** A copy of where the round began; null unless the result is how far it led. */
  private final RoundState start;

  private EpochOrder order;
  private int orderEpoch = -1;
  private Shard shard;
  private long rowsDone;
  private Breakdown breakdown;

  /**
   * A replica's buffers.
   *
   * @param objective what is trained
   * @param plan settings made definite
   * @param shardRows rows of the shards that it will be given
   */
  public Worker(Objective objective, TrainingPlan plan, long shardRows) {
    this.objective = objective;
    this.plan = plan;
    int stepRows = plan.stepCapacity(shardRows);
    int capacity = Math.max(1, (stepRows + plan.microBatches() - 1) / plan.microBatches());
    lanes = new Lane[plan.microBatches()];
    parts = new Sums[lanes.length];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(objective, capacity, plan.settings().seed());
      parts[i] = lanes[i].sums();
    }
    updates = new StepUpdate[plan.threads()];
    tiles = new Tiles(objective.layout());
    measuredTiles = new Tiles(objective.layout());
    DirectionNorms norms = StepUpdate.norms(objective, tiles);
    for (int i = 0; i < updates.length; i++) {
      updates[i] = new StepUpdate(objective, plan, tiles, norms);
    }
    roundSums =
        plan.settings().averaging() == Averaging.SYNCHRONOUS && !plan.isFullBatch()
            ? new Sums(objective)
            : Sums.withoutDirections(objective);
    gradient = plan.isFullBatch() ? new GradientSum(objective, plan, lanes) : null;
    state = new RoundState(objective, plan.settings());
    boolean walks = plan.settings().averaging() == Averaging.LOCAL && !plan.isFullBatch();
    start =
        walks && precision().tellsDifferences() ? new RoundState(objective, plan.settings()) : null;
  }

  /**
   * Runs a round from the given state.
   *
   * @param rows the replica's training rows, the same in every round, or validation rows in a round
   *     that evaluates; no reference to them is kept
   * @param stateBytes what {@link RoundState#toBytes} wrote
   * @param task what to do
   * @return the result, which the next round overwrites
   * @throws InterruptedException if the thread is interrupted while its helpers compute; they have
   *     ended then
   */
  public RoundResult run(Shard rows, byte[] stateBytes, RoundTask task)
      throws InterruptedException {
    state.fromBytes(stateBytes, task.kind());
    return run(rows, task);
  }

  /**
   * Runs a round from a state in this JVM.
   *
   * @param rows as for the other {@code run}
   * @param start the state, which is copied
   * @param task what to do
   * @return the result, which the next round overwrites
   * @throws InterruptedException as for the other {@code run}
   */
  public RoundResult run(Shard rows, RoundState start, RoundTask task) throws InterruptedException {
    state.copyFrom(start, task.kind());
    return run(rows, task);
  }

  private RoundResult run(Shard rows, RoundTask task) throws InterruptedException {
    shard = rows;
    try {
      return run(task);
    } finally {
      shard = null;
    }
  }

  private RoundResult run(RoundTask task) throws InterruptedException {
    roundSums.clear();
    rowsDone = 0;
    breakdown = null;
    switch (task.kind()) {
      case WALK, SUM -> {
        prepareOrder(task.epoch());
        boolean tellsDifference = start != null && task.kind() == RoundTask.Kind.WALK;
        if (tellsDifference) {
          start.copyFrom(state, task.kind());
        }
        ReplicaThreads.run(plan.threads(), (thread, barrier) -> runSteps(task, thread, barrier));
        if (tellsDifference && breakdown == null) {
          ReplicaThreads.run(plan.threads(), (thread, barrier) -> becomeDifference(thread));
        }
      }
      case GRADIENT -> {
        gradient.clear();
        ReplicaThreads.run(plan.threads(), (thread, barrier) -> sumGradient(task, thread, barrier));
        if (breakdown == null && !gradient.isFinite()) {
          noteBreakdown(0, task.isFirstLook());
        }
      }
      case PREPARE, RENEW, EVALUATE -> {
        ReplicaThreads.run(plan.threads(), (thread, barrier) -> accumulate(task, thread));
        for (Sums part : parts) {
          roundSums.addScalars(part);
        }
        rowsDone = shard.rows();
        if (task.kind() == RoundTask.Kind.EVALUATE && !lossesAreFinite()) {
          noteBreakdown(0, true);
        }
      }
    }
    RoundResult result =
        new RoundResult(
            task.kind(),
            roundSums,
            task.kind() == RoundTask.Kind.WALK ? state : null,
            task.kind() == RoundTask.Kind.GRADIENT ? gradient.sums() : new double[0][],
            precision());
    result.setRows(rowsDone);
    result.setBreakdown(breakdown);
    return result;
  }

  private void prepareOrder(int epoch) {
    if (orderEpoch != epoch) {
      order = new EpochOrder(plan, epoch, shard);
      orderEpoch = epoch;
    }
  }

  /** One thread's part of a pass over all rows, which are dealt out to the lanes in order. */
  private void accumulate(RoundTask task, int thread) throws InterruptedException {
    for (int l = thread; l < lanes.length; l += plan.threads()) {
      Lane lane = lanes[l];
      lane.sums().clear();
      long end = shard.firstRow() + TrainingPlan.share(l + 1, shard.rows(), lanes.length);
      long row = shard.firstRow() + TrainingPlan.share(l, shard.rows(), lanes.length);
      for (; row < end; row += lane.capacity()) {
        long to = Math.min(end, row + lane.capacity());
        lane.accumulate(task, shard, row, to, state, state.step() / allSteps());
        checkInterrupt();
      }
    }
  }

  /** One thread's part of the direction over all rows. */
  private void sumGradient(RoundTask task, int thread, StepBarrier barrier)
      throws InterruptedException {
    for (int piece = 0; piece < gradient.pieces(shard); piece++) {
      gradient.compute(piece, thread, task, shard, state);
      barrier.await();
      if (!lossesAreFinite()) { // the same for every thread
        if (thread == 0) {
          noteBreakdown(0, task.isFirstLook());
        }
        return;
      }
      gradient.add(rangeStart(thread), rangeStart(thread + 1));
      if (thread == 0) {
        for (Sums part : parts) {
          roundSums.addScalars(part);
        }
        rowsDone = gradient.rowsBefore(piece + 1, shard);
      }
      barrier.await();
      checkInterrupt();
    }
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the replica was asked to stop");
    }
  }

  /** The step loop of one thread. */
  private void runSteps(RoundTask task, int thread, StepBarrier barrier)
      throws InterruptedException {
    long firstStep = state.step();
    int done = 0;
    for (int i = 0; i < task.steps(); i++, done++) {
      int from = order.start(task.firstStep() + i);
      int to = order.start(task.firstStep() + i + 1);
      double progress = (firstStep + i) / allSteps();
      if (thread == 0) { // all have left the last step's
        tiles.deal();
        measuredTiles.deal();
      }
      for (int l = thread; l < lanes.length; l += plan.threads()) {
        int laneFrom = from + (int) TrainingPlan.share(l, to - from, lanes.length);
        int laneTo = from + (int) TrainingPlan.share(l + 1, to - from, lanes.length);
        lanes[l].compute(shard, order, laneFrom, laneTo, state, task.epoch(), progress);
      }
      barrier.await();
      if (!lossesAreFinite()) { // the same for every thread
        if (thread == 0) {
          noteBreakdown(task.firstStep() + i, true);
        }
        break;
      }
      StepUpdate update = updates[thread];
      update.contributions().begin(parts);
      if (task.kind() == RoundTask.Kind.SUM) {
        for (int tile = tiles.take(); tile < tiles.count(); tile = tiles.take()) {
          sumDirections(update, tile);
        }
      } else if (from < to) {
        if (update.clips()) {
          for (int t = measuredTiles.take(); t < tiles.count(); t = measuredTiles.take()) {
            update.measure(t);
          }
          barrier.await();
          update.shorten();
        }
        for (int tile = tiles.take(); tile < tiles.count(); tile = tiles.take()) {
          update.step(state, firstStep + i, tile);
        }
      }
      if (thread == 0) {
        finishStep(task.kind(), from, to);
      }
      barrier.await();
      checkInterrupt();
    }
    if (thread == 0) {
      state.setStep(firstStep + done);
    }
  }

  private double allSteps() {
    return (double) plan.stepsPerEpoch() * plan.epochs();
  }

  private boolean lossesAreFinite() {
    double sum = 0;
    for (Sums part : parts) {
      for (double loss : part.losses()) {
        sum += loss;
      }
    }
    return Double.isFinite(sum);
  }

  /**
   * The rows that spoilt the parameters may be those of a step before: all are looked through.
   *
   * @param ends whether the training ends with it, and tells why; else it looks elsewhere
   */
  private void noteBreakdown(int step, boolean ends) {
    breakdown =
        new Breakdown(
            step,
            Breakdown.largestMagnitude(state.parameters()),
            ends ? lanes[0].largestInput(shard) : Breakdown.LargestInput.NONE);
  }

  private void finishStep(RoundTask.Kind kind, int from, int to) {
    if (kind == RoundTask.Kind.WALK && from < to) {
      updates[0].contributions().updateStatistics(state);
    }
    for (Sums part : parts) {
      roundSums.addScalars(part);
    }
    rowsDone += to - from;
  }

  private void sumDirections(StepUpdate update, int tile) {
    for (int t = 0; t < roundSums.terms(); t++) {
      float[] sums = roundSums.direction(t).held();
      update.contributions().sum(t, tile, sums);
      if (precision().tellsDifferences()) {
        BFloat16.roundToNearest(sums, tiles.start(tile), tiles.end(tile));
      }
    }
  }

  private void becomeDifference(int thread) {
    state.becomeDifference(start, rangeStart(thread), rangeStart(thread + 1));
  }

  private UpdatePrecision precision() {
    return plan.settings().updatePrecision();
  }

  /** Where a thread's part of the parameters starts. */
  private int rangeStart(int thread) {
    return (int) TrainingPlan.share(thread, objective.layout().size(), plan.threads());
  }
}
