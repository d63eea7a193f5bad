package io.sparkae.core.train;

import io.sparkae.core.Check;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchOptimizer.Iterate;
import io.sparkae.core.optimize.FullBatchOptimizer.Memory;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The driver's side of a training whose every step is taken on all rows, without Spark: gives an
 * optimizer losses and gradients, and keeps the loss curve, of which an entry is an iteration.
 */
public final class FullBatchLoop {
  private final Objective objective;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final RoundState state;
  private final DriverRounds rounds;
  private final FullBatchLoss loss;
  private final FullBatchOptimizer optimizer;
  private final TrainingPosition position;
  private final List<TrainingResult.Epoch> iterations;
  private final BestModel best;
  private final LoopCheckpoints checkpoints;
  private double[] here;
  private long rowsOfIteration;
  private long iterationStart;
  private long lookStart;

  /**
   * A training that starts from {@code state}, which it changes, and keeps no checkpoint.
   *
   * @param objective what is minimised
   * @param plan settings and sizes
   * @param replicas where the rows are
   * @param listener is told of the progress
   * @param state parameters and statistics at the start, and the best ones in the end
   * @param optimizer the rule that chooses the points
   */
  public FullBatchLoop(
      Objective objective,
      TrainingPlan plan,
      TrainingLoop.Replicas replicas,
      TrainingListener listener,
      RoundState state,
      FullBatchOptimizer optimizer) {
    this(objective, plan, replicas, listener, state, optimizer, TrainingCheckpoints.NONE);
  }

  /**
   * A training that starts from {@code state}, which it changes. Of an optimizer that gives out no
   * memory the one checkpoint is that of the end.
   *
   * @param objective what is minimised
   * @param plan settings and sizes
   * @param replicas where the rows are
   * @param listener is told of the progress
   * @param state parameters and statistics at the start, and the best ones in the end
   * @param optimizer the rule that chooses the points
   * @param checkpoints where it leaves its own, and may have left one before
   */
  public FullBatchLoop(
      Objective objective,
      TrainingPlan plan,
      TrainingLoop.Replicas replicas,
      TrainingListener listener,
      RoundState state,
      FullBatchOptimizer optimizer,
      TrainingCheckpoints checkpoints) {
    requireSuited(objective, "optimizer", plan.settings().optimizer().kind());
    this.objective = objective;
    this.plan = plan;
    this.listener = listener;
    this.state = state;
    this.optimizer = optimizer;
    this.rounds =
        new DriverRounds(
            objective,
            replicas,
            state,
            new Contributions(objective, new Tiles(objective.layout())));
    this.loss = new FullBatchLoss(objective, plan, replicas, state, rounds, this::tellLook);
    this.best = new BestModel(plan.settings().validation());
    this.position = new TrainingPosition(objective);
    this.iterations = position.epochs();
    this.checkpoints =
        new LoopCheckpoints(objective, plan, replicas, state, position, best, checkpoints);
  }

  /**
   * Refuses a full-batch optimizer for an objective that is no fixed function of the parameters, as
   * a sum over rows, with its exact gradient.
   *
   * @param objective what is to be minimised
   * @param name name of the setting of the optimizer
   * @param kind the optimizer; with one that takes minibatches all is well
   * @throws IllegalArgumentException that says why
   */
  public static void requireSuited(Objective objective, String name, OptimizerSettings.Kind kind) {
    if (!kind.isFullBatch()) {
      return;
    }
    String why =
        !objective.isExactGradient()
            ? objective.inexactBecause()
            : objective.couplesRows()
                ? "what it minimises couples the rows of a minibatch"
                : !objective.renewedStatistics().isEmpty()
                    ? "what it minimises changes from one pass over the rows to the next"
                    : null;
    if (why != null) {
      throw new IllegalArgumentException(
          name
              + " "
              + Check.camelCase(kind)
              + " needs the exact gradient of one function, but "
              + why
              + ": use adam, or another optimizer that takes minibatches");
    }
  }

  /**
   * Trains until the optimizer ends, or the validation loss has long enough not improved.
   *
   * @return the parameters kept, with the losses of each iteration
   * @throws TrainingException if the loss or its gradient is not finite at the initial weights
   * @throws IllegalArgumentException if the checkpoint to go on from is of another training
   */
  public TrainingResult run() {
    listener.onStart(plan);
    try {
      if (checkpoints.resume()) {
        listener.onResume(
            new TrainingListener.ResumeEvent(
                iterations.size(),
                position.memory().isPresent() ? plan.epochs() : iterations.size(),
                0,
                1));
        position.memory().ifPresent(this::walkOn);
      } else {
        walk();
      }
      position.setMemory(Optional.empty());
      int kept = best.restore(state, iterations.size() - 1);
      checkpoints.trainingEnded();
      return new TrainingResult(state, List.copyOf(iterations), plan, kept);
    } finally {
      listener.onEnd();
    }
  }

  private void walk() {
    rounds.fillStatistics(RoundTask.Kind.PREPARE, objective.preparedStatistics(), 0);
    here = new double[state.parameters().length];
    for (int i = 0; i < here.length; i++) {
      here[i] = state.parameters()[i];
    }
    begin(0);
    checkStart(loss.look(here));
    walk(optimizer.minimize(loss, here.clone()));
  }

  private void walkOn(Memory memory) {
    here = memory.point().clone();
    loss.restore(iterations.get(iterations.size() - 1).losses(), memory.here());
    begin(iterations.size());
    Iterator<Iterate> rest;
    try {
      rest = optimizer.resume(loss, memory);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "resume: the checkpoint is of no such training: leave resume out", e);
    }
    walk(rest);
  }

  private void walk(Iterator<Iterate> iterates) {
    while (iterates.hasNext()) {
      Iterate iterate = iterates.next();
      if (iterate.iteration() > iterations.size() || iterations.isEmpty()) {
        finishIteration(iterate.point());
      } else {
        loss.look(here); // the optimizer may have looked further, in vain
      }
      int done = iterations.size() - 1;
      if (iterate.ended().isPresent()) {
        listener.onConverged(done, iterate.ended().get());
        return;
      }
      if (best.isStale(done) && done + 1 < plan.epochs()) {
        listener.onEarlyStop(done, best.epoch(), best.loss());
        return;
      }
      position.setMemory(iterate.memory());
      if (iterate.memory().isPresent()) {
        checkpoints.roundEnded();
      }
      begin(done + 1);
    }
  }

  private void begin(int iteration) {
    loss.setIteration(iteration);
    rowsOfIteration = 0;
    iterationStart = System.nanoTime();
    lookStart = iterationStart;
  }

  private void tellLook(FullBatchLoss.Look look) {
    rowsOfIteration += look.rows();
    double seconds = secondsSince(lookStart);
    lookStart = System.nanoTime();
    listener.onRound(
        new TrainingListener.RoundEvent(
            iterations.size(), plan.epochs(), 0, 1, look.rows(), look.losses(), seconds));
  }

  private void finishIteration(double[] point) {
    FullBatchLoss.Look look = loss.look(point);
    double length = distance(here, point);
    here = point.clone();
    state.setStep(state.step() + 1);
    double seconds = secondsSince(iterationStart);
    int iteration = iterations.size();
    MeanLosses validation = rounds.validate(iteration);
    TrainingResult.Epoch ended =
        new TrainingResult.Epoch(
            look.losses(), validation, Map.of(), length, rowsOfIteration, seconds);
    iterations.add(ended);
    if (!validation.isEmpty()) {
      best.offer(iteration, validation.loss(), state);
    }
    listener.onEpoch(
        new TrainingListener.EpochEvent(
            iteration, plan.epochs(), rowsOfIteration, ended.losses(), seconds, validation.loss()));
  }

  private void checkStart(FullBatchLoss.Look start) {
    if (!Double.isFinite(start.evaluation().value())) {
      Breakdown breakdown = start.breakdown();
      throw new TrainingException(
          "the loss or its gradient is not finite at the initial weights: "
              + (breakdown == null ? "scaled features may help" : breakdown.adviceAtStart()));
    }
  }

  private static double distance(double[] from, double[] to) {
    double square = 0;
    for (int i = 0; i < from.length; i++) {
      square += (to[i] - from[i]) * (to[i] - from[i]);
    }
    return Math.sqrt(square);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
