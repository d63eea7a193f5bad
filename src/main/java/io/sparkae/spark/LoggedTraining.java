package io.sparkae.spark;

import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the plan and each epoch of a training into the log, and passes on what it hears. */
final class LoggedTraining implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedTraining.class);

  private final TrainingListener listener;
  private String epoch = "";

  /**
   * Logs before it tells.
   *
   * @param listener who hears it next
   */
  LoggedTraining(TrainingListener listener) {
    this.listener = listener;
  }

  @Override
  public void onStart(TrainingPlan plan) {
    epoch = plan.epochName();
    if (plan.isFullBatch()) {
      LOG.info(
          "training on {} rows, all in each step: {} replicas of {} threads, {}",
          plan.rows(),
          plan.replicas(),
          plan.threads(),
          plan.settings());
    } else {
      LOG.info(
          "training on {} rows: {} steps an epoch, {} a round, {} replicas of {} threads, {}",
          plan.rows(),
          plan.stepsPerEpoch(),
          plan.stepsPerRound(),
          plan.replicas(),
          plan.threads(),
          plan.settings());
    }
    listener.onStart(plan);
  }

  @Override
  public void onResume(ResumeEvent event) {
    LOG.info(
        "going on after {} of {} {}s and {} of {} steps",
        event.epoch(),
        event.epochs(),
        epoch,
        event.stepsDone(),
        event.stepsPerEpoch());
    listener.onResume(event);
  }

  @Override
  public void onRound(RoundEvent event) {
    listener.onRound(event);
  }

  @Override
  public void onEpoch(EpochEvent event) {
    LOG.info(
        "{} {} of {}: loss {}{}, {} s",
        epoch,
        event.epoch() + 1,
        event.epochs(),
        event.loss(),
        Double.isNaN(event.validationLoss()) ? "" : ", validation loss " + event.validationLoss(),
        event.seconds());
    listener.onEpoch(event);
  }

  @Override
  public void onEarlyStop(int last, int bestEpoch, double bestLoss) {
    LOG.info(
        "stopped after {} {}: the least validation loss was {} in {} {}",
        epoch,
        last + 1,
        bestLoss,
        epoch,
        bestEpoch + 1);
    listener.onEarlyStop(last, bestEpoch, bestLoss);
  }

  @Override
  public void onConverged(int iteration, String reason) {
    LOG.info("ended with iteration {}: {}", iteration + 1, reason);
    listener.onConverged(iteration, reason);
  }

  @Override
  public void onEnd() {
    LOG.info("the training has ended");
    listener.onEnd();
  }
}
