package io.sparkae.core.train;

import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver's side of a training, without Spark: hands out rounds, combines what comes back in the
 * order of the replicas, keeps the loss curve.
 */
public final class TrainingLoop {
  /** The replicas of a training, wherever they run. */
  public interface Replicas {
    /**
     * Runs a round on every replica.
     *
     * @return a result from each, in the order of the replicas
     */
    List<RoundResult> run(RoundState state, RoundTask task);
  }

  private final Objective objective;
  private final TrainingPlan plan;
  private final Replicas replicas;
  private final TrainingListener listener;
  private final RoundState state;
  private final StepUpdate update;
  private final List<TrainingResult.Epoch> epochs = new ArrayList<>();

  /** A training that starts from {@code state}, which it changes. */
  public TrainingLoop(
      Objective objective,
      TrainingPlan plan,
      Replicas replicas,
      TrainingListener listener,
      RoundState state) {
    this.objective = objective;
    this.plan = plan;
    this.replicas = replicas;
    this.listener = listener;
    this.state = state;
    this.update = new StepUpdate(objective, plan);
  }

  /**
   * Trains for as many epochs as the settings say.
   *
   * @throws TrainingException if the loss or the parameters stop being finite
   */
  public TrainingResult run() {
    listener.onStart(plan);
    try {
      fillStatistics(RoundTask.Kind.PREPARE, objective.preparedStatistics(), 0);
      int all = plan.settings().epochs();
      for (int epoch = 0; epoch < all; epoch++) {
        if (epoch > 0) {
          fillStatistics(RoundTask.Kind.RENEW, objective.renewedStatistics(), epoch);
        }
        runEpoch(epoch);
      }
      checkParameters();
      return new TrainingResult(state, List.copyOf(epochs), plan);
    } finally {
      listener.onEnd();
    }
  }

  private void fillStatistics(RoundTask.Kind kind, List<String> names, int epoch) {
    if (!names.isEmpty()) {
      List<RoundResult> results = replicas.run(state, new RoundTask(kind, epoch, 0, 0));
      update.replaceStatistics(sums(results), state, names);
    }
  }

  private void runEpoch(int epoch) {
    long start = System.nanoTime();
    Sums totals = Sums.withoutDirections(objective);
    long rows = 0;
    int step = 0;
    while (step < plan.stepsPerEpoch()) {
      long roundStart = System.nanoTime();
      int steps = Math.min(plan.stepsPerRound(), plan.stepsPerEpoch() - step);
      Sums roundTotals = Sums.withoutDirections(objective);
      long roundRows = runRound(epoch, step, steps, roundTotals);
      totals.addScalars(roundTotals);
      rows += roundRows;
      step += steps;
      double loss = sum(meanLosses(roundTotals));
      if (!Double.isFinite(loss)) {
        throw notFinite("loss", epoch, step);
      }
      listener.onRound(
          new TrainingListener.RoundEvent(
              epoch,
              plan.settings().epochs(),
              step,
              plan.stepsPerEpoch(),
              roundRows,
              loss,
              secondsSince(roundStart)));
    }
    TrainingResult.Epoch ended =
        new TrainingResult.Epoch(meanLosses(totals), rows, secondsSince(start));
    epochs.add(ended);
    listener.onEpoch(
        new TrainingListener.EpochEvent(
            epoch, plan.settings().epochs(), rows, ended.loss(), ended.seconds()));
  }

  /** The last step changes the parameters after its loss was measured. */
  private void checkParameters() {
    for (float parameter : state.parameters()) {
      if (!Float.isFinite(parameter)) {
        throw notFinite("parameters", plan.settings().epochs() - 1, plan.stepsPerEpoch());
      }
    }
  }

  private TrainingException notFinite(String what, int epoch, int step) {
    return new TrainingException(
        "the "
            + what
            + " stopped being finite in epoch "
            + (epoch + 1)
            + ", step "
            + step
            + " of "
            + plan.stepsPerEpoch()
            + ": a smaller stepSize (now "
            + plan.settings().optimizer().stepSize()
            + ") or scaled features may help");
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Runs one round and moves the state; adds its losses and weights to {@code totals}. */
  private long runRound(int epoch, int firstStep, int steps, Sums totals) {
    boolean local = plan.settings().averaging() == Averaging.LOCAL;
    RoundTask.Kind kind = local ? RoundTask.Kind.WALK : RoundTask.Kind.SUM;
    List<RoundResult> results = replicas.run(state, new RoundTask(kind, epoch, firstStep, steps));
    long rows = 0;
    for (RoundResult result : results) {
      totals.addScalars(result.sums());
      rows += result.rows();
    }
    if (rows > 0 && local) {
      Combiner.average(results, rows, state);
    } else if (rows > 0) {
      Sums[] parts = sums(results);
      update.step(parts, state, state.step(), 0, state.parameters().length);
      update.updateStatistics(parts, state);
    }
    state.setStep(state.step() + steps);
    return rows;
  }

  private static Sums[] sums(List<RoundResult> results) {
    return results.stream().map(RoundResult::sums).toArray(Sums[]::new);
  }

  private List<Double> meanLosses(Sums totals) {
    List<Double> means = new ArrayList<>();
    List<LossSpec> specs = objective.losses();
    for (int i = 0; i < specs.size(); i++) {
      int weight = Sums.weightIndex(objective.weights(), specs.get(i).weight());
      double divisor = totals.weights()[weight][0];
      means.add(divisor == 0 ? 0.0 : totals.losses()[i] / divisor);
    }
    return means;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
