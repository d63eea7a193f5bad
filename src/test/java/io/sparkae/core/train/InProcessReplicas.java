package io.sparkae.core.train;

import io.sparkae.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;

/** Replicas in this thread, one after the other: what the distributed run is held against. */
public final class InProcessReplicas implements TrainingLoop.Replicas {
  private final Objective objective;
  private final TrainingPlan plan;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Shard> validation = new ArrayList<>();
  private final Block validationRows;

  /** Deals the rows of {@code all}, which begin at index 0, out to the plan's replicas. */
  public InProcessReplicas(Objective objective, TrainingPlan plan, Block all) {
    this(objective, plan, all, null);
  }

  private InProcessReplicas(
      Objective objective, TrainingPlan plan, Block all, Block validationRows) {
    this.objective = objective;
    this.plan = plan;
    this.validationRows = validationRows;
    for (int r = 0; r < plan.replicas(); r++) {
      int from = (int) plan.firstRow(r);
      int to = (int) plan.firstRow(r + 1);
      shards.add(new Shard(List.of(all.slice(from, to))));
      workers.add(new Worker(objective, plan, to - from));
      if (validationRows != null) {
        long[] starts = plan.replicaStarts(validationRows.rows());
        validation.add(
            new Shard(List.of(validationRows.slice((int) starts[r], (int) starts[r + 1]))));
      }
    }
  }

  /** The same with validation rows, if they are not null. */
  public static InProcessReplicas of(
      Objective objective, TrainingPlan plan, Block all, Block validationRows) {
    return new InProcessReplicas(objective, plan, all, validationRows);
  }

  /** Trains from the initial weights. */
  public static TrainingResult train(
      Objective objective, TrainingSettings settings, int cores, Block all) {
    return train(objective, settings, cores, all, null, TrainingListener.NONE);
  }

  /** Trains from the initial weights, and validates on other rows. */
  public static TrainingResult train(
      Objective objective,
      TrainingSettings settings,
      int cores,
      Block all,
      Block validationRows,
      TrainingListener listener) {
    TrainingPlan plan = TrainingPlan.of(settings, all.rows(), 1, cores, objective.couplesRows());
    return new TrainingLoop(
            objective,
            plan,
            new InProcessReplicas(objective, plan, all, validationRows),
            listener,
            RoundState.initial(objective, settings))
        .run();
  }

  @Override
  public long validationRows() {
    return validationRows == null ? 0 : validationRows.rows();
  }

  @Override
  public List<RoundResult> run(RoundState state, RoundTask task) {
    byte[] bytes = state.toBytes(task.kind());
    List<RoundResult> results = new ArrayList<>();
    try {
      for (int r = 0; r < workers.size(); r++) {
        Shard shard = (task.kind() == RoundTask.Kind.EVALUATE ? validation : shards).get(r);
        RoundResult copy = new RoundResult(task.kind(), objective, plan.settings());
        copy.fromBytes(workers.get(r).run(shard, bytes, task).toBytes());
        results.add(copy);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return results;
  }
}
