package io.sparkae.core.train;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
     * @param state what every replica starts from
     * @param task the round
     * @return a result from each, in the order of the replicas
     */
    List<RoundResult> run(RoundState state, RoundTask task);

    /** {@return rows that a round which evaluates goes through; by default none} */
    default long validationRows() {
      return 0;
    }
  }

  private final Objective objective;
  private final TrainingPlan plan;
  private final Replicas replicas;
  private final TrainingListener listener;
  private final RoundState state;
  private final StepUpdate update;
  private final DriverRounds rounds;
  private final List<TrainingResult.Epoch> epochs = new ArrayList<>();
  private final BestModel best;

  /**
   * A training that starts from {@code state}, which it changes.
   *
   * @param objective what is trained
   * @param plan settings made definite
   * @param replicas those who do the work
   * @param listener who hears of it
   * @param state where the training starts
   */
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
    this.rounds = new DriverRounds(objective, replicas, state, update);
    this.best = new BestModel(plan.settings().validation());
  }

  /**
   * Trains for as many epochs as the settings say, or until the validation loss has long enough not
   * improved.
   *
   * @return the parameters of the last epoch, or of the best one where there are validation rows,
   *     and how the training went
   * @throws TrainingException if the loss or the parameters stop being finite
   */
  public TrainingResult run() {
    listener.onStart(plan);
    try {
      rounds.fillStatistics(RoundTask.Kind.PREPARE, objective.preparedStatistics(), 0);
      int all = plan.settings().epochs();
      for (int epoch = 0; epoch < all; epoch++) {
        if (epoch > 0) {
          rounds.fillStatistics(RoundTask.Kind.RENEW, objective.renewedStatistics(), epoch);
        }
        runEpoch(epoch);
        if (best.isStale(epoch) && epoch + 1 < all) {
          listener.onEarlyStop(epoch, best.epoch(), best.loss());
          break;
        }
      }
      int kept = best.restore(state, epochs.size() - 1);
      checkParameters();
      return new TrainingResult(state, List.copyOf(epochs), plan, kept);
    } finally {
      listener.onEnd();
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
      MeanLosses losses = MeanLosses.of(objective, roundTotals);
      if (!losses.areFinite()) {
        throw notFinite("loss", epoch, step, "a smaller stepSize or scaled features may help");
      }
      listener.onRound(
          new TrainingListener.RoundEvent(
              epoch,
              plan.settings().epochs(),
              step,
              plan.stepsPerEpoch(),
              roundRows,
              losses,
              secondsSince(roundStart)));
    }
    double seconds = secondsSince(start);
    MeanLosses validation = rounds.validate(epoch);
    double lastStep = epoch + (plan.stepsPerEpoch() - 1.0) / plan.stepsPerEpoch();
    TrainingResult.Epoch ended =
        new TrainingResult.Epoch(
            MeanLosses.of(objective, totals),
            validation,
            recorded(totals),
            plan.settings().optimizer().stepSizeAt(lastStep, plan.settings().epochs()),
            rows,
            seconds);
    epochs.add(ended);
    if (!validation.isEmpty()) {
      best.offer(epoch, validation.loss(), state);
    }
    listener.onEpoch(
        new TrainingListener.EpochEvent(
            epoch, plan.settings().epochs(), rows, ended.losses(), seconds, validation.loss()));
  }

  /** The statistics that are to be kept, as means over an epoch. */
  private Map<String, double[]> recorded(Sums totals) {
    Map<String, double[]> means = new LinkedHashMap<>();
    List<StatisticSpec> specs = objective.statistics();
    for (int s = 0; s < specs.size(); s++) {
      StatisticSpec spec = specs.get(s);
      if (objective.recordedStatistics().contains(spec.name())) {
        double weight = totals.weights()[Sums.weightIndex(objective.weights(), spec.weight())][0];
        means.put(
            spec.name(), Arrays.stream(totals.statistics()[s]).map(sum -> sum / weight).toArray());
      }
    }
    return means;
  }

  /** The last step changes the parameters after its loss was measured. */
  private void checkParameters() {
    for (float parameter : state.parameters()) {
      if (!Float.isFinite(parameter)) {
        throw notFinite(
            "parameters",
            epochs.size() - 1,
            plan.stepsPerEpoch(),
            "a smaller stepSize (now "
                + plan.settings().optimizer().stepSize()
                + ") or scaled features may help");
      }
    }
  }

  private TrainingException notFinite(String what, int epoch, int step, String advice) {
    return new TrainingException(
        String.format(
            Locale.ROOT,
            "the %s stopped being finite in epoch %d, step %d of %d: %s",
            what,
            epoch + 1,
            step,
            plan.stepsPerEpoch(),
            advice));
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
      checkFinite(result.breakdown(), epoch);
      totals.addScalars(result.sums());
      rows += result.rows();
    }
    if (rows > 0 && local) {
      Combiner.average(results, rows, state);
    } else if (rows > 0) {
      update.step(DriverRounds.sums(results), state);
      update.updateStatistics(state);
    }
    state.setStep(state.step() + steps);
    return rows;
  }

  private void checkFinite(Breakdown breakdown, int epoch) {
    if (breakdown != null) {
      String advice = breakdown.advice(plan.settings().optimizer().stepSize());
      throw notFinite("loss", epoch, breakdown.step() + 1, advice);
    }
  }
}
