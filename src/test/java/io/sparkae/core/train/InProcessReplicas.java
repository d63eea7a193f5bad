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

  /** Deals the rows of {@code all}, which begin at index 0, out to the plan's replicas. */
  public InProcessReplicas(Objective objective, TrainingPlan plan, Block all) {
    this.objective = objective;
    this.plan = plan;
    for (int r = 0; r < plan.replicas(); r++) {
      int from = (int) plan.firstRow(r);
      int to = (int) plan.firstRow(r + 1);
      shards.add(new Shard(List.of(all.slice(from, to))));
      workers.add(new Worker(objective, plan, to - from));
    }
  }

  /** Trains from the initial weights. */
  public static TrainingResult train(
      Objective objective, TrainingSettings settings, int cores, Block all) {
    TrainingPlan plan = TrainingPlan.of(settings, all.rows(), 1, cores, objective.couplesRows());
    return new TrainingLoop(
            objective,
            plan,
            new InProcessReplicas(objective, plan, all),
            TrainingListener.NONE,
            RoundState.initial(objective, settings))
        .run();
  }

  @Override
  public List<RoundResult> run(RoundState state, RoundTask task) {
    byte[] bytes = state.toBytes();
    List<RoundResult> results = new ArrayList<>();
    try {
      for (int r = 0; r < workers.size(); r++) {
        RoundResult copy = new RoundResult(task.kind(), objective, plan.settings());
        copy.fromBytes(workers.get(r).run(shards.get(r), bytes, task).toBytes());
        results.add(copy);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return results;
  }
}
