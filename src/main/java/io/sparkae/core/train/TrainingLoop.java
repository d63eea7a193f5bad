package io.sparkae.core.train;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.linalg.Blas;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Sums;
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

    /**
     * Runs a {@code WALK} on every replica, and moves the state, all but its step count, to the
     * average of where they got to, weighted by rows. It stays where it is if there were no rows,
     * or a replica's loss stopped being finite.
     *
     * @param state what every replica starts from
     * @param task the round
     * @return a result from each, in the order of the replicas; the vectors of their states may be
     *     missing
     */
    default List<RoundResult> walk(RoundState state, RoundTask task) {
      List<RoundResult> results = run(state, task);
      if (Combiner.isUsable(results)) {
        Combiner.average(results, state);
      }
      return results;
    }

    /** {@return rows that a round which evaluates goes through; by default none} */
    default long validationRows() {
      return 0;
    }

    /**
     * {@return what tells these rows from others in the same order, as far as it is known; by
     * default nothing}
     */
    default Fingerprint rowsFingerprint() {
      return Fingerprint.NONE;
    }

    /** {@return what the rounds are computed with: other such may change the last bits} */
    default String machine() {
      return Blas.description().implementation() + " " + Blas.description().coreType();
    }
  }

  private final Objective objective;
  private final TrainingPlan plan;
  private final Replicas replicas;
  private final TrainingListener listener;
  private final RoundState state;
  private final StepUpdate update;
  private final DriverRounds rounds;
  private final TrainingPosition position;
  private final BestModel best;
  private final LoopCheckpoints checkpoints;

  /**
   * A training that starts from {@code state}, which it changes, and keeps no checkpoints.
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
    this(objective, plan, replicas, listener, state, TrainingCheckpoints.NONE);
  }

  /**
   * A training that starts from {@code state}, which it changes, or goes on from a checkpoint.
   *
   * @param objective what is trained
   * @param plan settings made definite
   * @param replicas those who do the work
   * @param listener who hears of it
   * @param state where the training starts
   * @param checkpoints where it leaves its own, and may have left some before
   */
  public TrainingLoop(
      Objective objective,
      TrainingPlan plan,
      Replicas replicas,
      TrainingListener listener,
      RoundState state,
      TrainingCheckpoints checkpoints) {
    this.objective = objective;
    this.plan = plan;
    this.replicas = replicas;
    this.listener = listener;
    this.state = state;
    this.update = new StepUpdate(objective, plan);
    this.rounds = new DriverRounds(objective, replicas, state, update.contributions());
    this.position = new TrainingPosition(objective);
    this.best = new BestModel(plan.settings().validation());
    this.checkpoints =
        new LoopCheckpoints(objective, plan, replicas, state, position, best, checkpoints);
  }

  /**
   * Trains for as many epochs as the settings say, or until the validation loss has long enough not
   * improved.
   *
   * @return the parameters of the last epoch, or of the best one where there are validation rows,
   *     and how the training went
   * @throws TrainingException if the loss or the parameters stop being finite
   * @throws IllegalArgumentException if the checkpoint to go on from is of another training
   */
  public TrainingResult run() {
    listener.onStart(plan);
    try {
      if (checkpoints.resume()) {
        tellResumed();
      } else {
        rounds.fillStatistics(RoundTask.Kind.PREPARE, objective.preparedStatistics(), 0);
      }
      while (position.epoch() < plan.epochs() && !best.isStale(position.epoch() - 1)) {
        runEpoch(position.epoch());
      }
      int last = position.epoch() - 1;
      if (position.epoch() < plan.epochs()) {
        listener.onEarlyStop(last, best.epoch(), best.loss());
      }
      int kept = best.restore(state, last);
      checkParameters();
      checkpoints.trainingEnded();
      return new TrainingResult(state, List.copyOf(position.epochs()), plan, kept);
    } finally {
      listener.onEnd();
    }
  }

  private void tellResumed() {
    listener.onResume(
        new TrainingListener.ResumeEvent(
            position.epoch(), plan.epochs(), position.step(), plan.stepsPerEpoch()));
  }

  private void runEpoch(int epoch) {
    if (epoch > 0 && position.step() == 0) {
      rounds.fillStatistics(RoundTask.Kind.RENEW, objective.renewedStatistics(), epoch);
    }
    long start = System.nanoTime();
    double before = position.seconds();
    while (position.step() < plan.stepsPerEpoch()) {
      long roundStart = System.nanoTime();
      int steps = Math.min(plan.stepsPerRound(), plan.stepsPerEpoch() - position.step());
      Sums roundTotals = Sums.withoutDirections(objective);
      long roundRows = runRound(epoch, position.step(), steps, roundTotals);
      position.add(steps, roundRows, roundTotals);
      MeanLosses losses = MeanLosses.of(objective, roundTotals);
      if (!losses.areFinite()) {
        throw notFinite(
            "loss", epoch, position.step(), "a smaller stepSize or scaled features may help");
      }
      position.setSeconds(before + secondsSince(start));
      if (position.step() < plan.stepsPerEpoch()) {
        checkpoints.roundEnded(); // else when the epoch has
      }
      listener.onRound(
          new TrainingListener.RoundEvent(
              epoch,
              plan.epochs(),
              position.step(),
              plan.stepsPerEpoch(),
              roundRows,
              losses,
              secondsSince(roundStart)));
    }
    endEpoch(epoch, before + secondsSince(start));
  }

  private void endEpoch(int epoch, double seconds) {
    MeanLosses validation = rounds.validate(epoch);
    double lastStep = epoch + (plan.stepsPerEpoch() - 1.0) / plan.stepsPerEpoch();
    TrainingResult.Epoch ended =
        new TrainingResult.Epoch(
            MeanLosses.of(objective, position.totals()),
            validation,
            recorded(position.totals()),
            plan.settings().optimizer().stepSizeAt(lastStep, plan.epochs()),
            position.rows(),
            seconds);
    position.end(ended);
    if (!validation.isEmpty()) {
      best.offer(epoch, validation.loss(), state);
    }
    checkpoints.roundEnded();
    listener.onEpoch(
        new TrainingListener.EpochEvent(
            epoch, plan.epochs(), ended.rows(), ended.losses(), seconds, validation.loss()));
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
    if (!state.isFinite()) {
      throw notFinite(
          "parameters",
          position.epoch() - 1,
          plan.stepsPerEpoch(),
          "a smaller stepSize (now "
              + plan.settings().optimizer().stepSize()
              + ") or scaled features may help");
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
    RoundTask task = new RoundTask(kind, epoch, firstStep, steps);
    List<RoundResult> results = local ? replicas.walk(state, task) : replicas.run(state, task);
    long rows = 0;
    Breakdown breakdown = null;
    for (RoundResult result : results) {
      breakdown = Breakdown.merge(breakdown, result.breakdown());
    }
    checkFinite(breakdown, epoch);
    for (RoundResult result : results) {
      totals.addScalars(result.sums());
      rows += result.rows();
    }
    if (rows > 0 && !local) {
      update.step(DriverRounds.sums(results), state);
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
