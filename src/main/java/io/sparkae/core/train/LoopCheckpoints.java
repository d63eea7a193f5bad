package io.sparkae.core.train;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.optimize.FullBatchOptimizer.Memory;
import java.util.Optional;

/** The checkpoints of one loop: what of it goes in, and comes out again. */
final class LoopCheckpoints {
  private final Objective objective;
  private final TrainingPlan plan;
  private final TrainingLoop.Replicas replicas;
  private final RoundState state;
  private final TrainingPosition position;
  private final BestModel best;
  private final TrainingCheckpoints checkpoints;
  private Fingerprint training = Fingerprint.NONE;
  private String machine = "";

  LoopCheckpoints(
      Objective objective,
      TrainingPlan plan,
      TrainingLoop.Replicas replicas,
      RoundState state,
      TrainingPosition position,
      BestModel best,
      TrainingCheckpoints checkpoints) {
    this.objective = objective;
    this.plan = plan;
    this.replicas = replicas;
    this.state = state;
    this.position = position;
    this.best = best;
    this.checkpoints = checkpoints;
  }

  /**
   * Before the first round: takes over what a checkpoint has, if there is one to go on from.
   *
   * @throws IllegalArgumentException if it is of another training
   */
  boolean resume() {
    if (!checkpoints.areKept()) {
      return false;
    }
    training = TrainingFingerprint.of(objective, plan, replicas, state.parameters());
    machine = replicas.machine();
    Optional<Snapshot> snapshot = checkpoints.next(training, machine);
    if (snapshot.isEmpty()) {
      return false;
    }
    requireFit(snapshot.get());
    state.restore(snapshot.get().state());
    position.restore(snapshot.get().position());
    best.restore(snapshot.get().best());
    return true;
  }

  /** What no training of these settings can have left is not gone on from. */
  private void requireFit(Snapshot snapshot) {
    int epochs = snapshot.position().epochs().size();
    int step = snapshot.position().step();
    Snapshot.Best kept = snapshot.best();
    boolean fits =
        epochs <= plan.epochs()
            && step >= 0
            && step < plan.stepsPerEpoch()
            && kept.epoch() >= -1
            && kept.epoch() < epochs
            && (kept.epoch() < 0 || isModel(kept))
            && snapshot.position().memory().stream().allMatch(memory -> fits(memory, epochs));
    if (!fits) {
      throw new IllegalArgumentException(
          "resume: the checkpoint is of no such training: leave resume out");
    }
  }

  private boolean fits(Memory memory, int iterations) {
    int length = state.parameters().length;
    return plan.isFullBatch()
        && iterations > 0
        && memory.iteration() == iterations
        && memory.point().length == length
        && memory.here().gradient().length == length
        && memory.vectors().stream().allMatch(vector -> vector.length == length);
  }

  private boolean isModel(Snapshot.Best kept) {
    double[][] statistics = state.statistics();
    boolean fits =
        kept.parameters().length == state.parameters().length
            && kept.statistics().size() == statistics.length;
    for (int s = 0; fits && s < statistics.length; s++) {
      fits = kept.statistics().get(s).length == statistics[s].length;
    }
    return fits;
  }

  /** Writes a checkpoint if it is time for one and there is a model worth to go on from. */
  void roundEnded() {
    checkpoints.roundEnded(state::isFinite, this::snapshot);
  }

  void trainingEnded() {
    checkpoints.trainingEnded(this::snapshot);
  }

  private Snapshot snapshot() {
    return new Snapshot(training, machine, state.snapshot(), position.snapshot(), best.snapshot());
  }
}
