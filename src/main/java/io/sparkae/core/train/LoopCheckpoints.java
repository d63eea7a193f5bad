package io.sparkae.core.train;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.objective.Objective;
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
    state.restore(snapshot.get().state());
    position.restore(snapshot.get().position());
    best.restore(snapshot.get().best());
    return true;
  }

  /** Writes a checkpoint if it is time for one and there is a model worth to go on from. */
  void roundEnded() {
    if (checkpoints.areKept() && state.isFinite()) {
      checkpoints.roundEnded(this::snapshot);
    }
  }

  void trainingEnded() {
    checkpoints.trainingEnded(this::snapshot);
  }

  private Snapshot snapshot() {
    return new Snapshot(training, machine, state.snapshot(), position.snapshot(), best.snapshot());
  }
}
