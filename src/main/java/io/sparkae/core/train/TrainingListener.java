package io.sparkae.core.train;

/** Hears how a training goes; called on the driver, in order, by one thread. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** Training is about to begin. */
  default void onStart(TrainingPlan plan) {}

  /** A round has ended. */
  default void onRound(RoundEvent event) {}

  /** An epoch has ended. */
  default void onEpoch(EpochEvent event) {}

  /** Training has ended, well or with a failure. */
  default void onEnd() {}

  /**
   * A round.
   *
   * @param epoch epoch, from 0
   * @param epochs epochs of the training
   * @param stepsDone optimizer steps of this epoch that are done
   * @param stepsPerEpoch optimizer steps of an epoch
   * @param rows rows that the round went through
   * @param loss mean over the round's rows, all losses added
   * @param seconds wall time of the round
   */
  record RoundEvent(
      int epoch,
      int epochs,
      int stepsDone,
      int stepsPerEpoch,
      long rows,
      double loss,
      double seconds) {}

  /**
   * An epoch.
   *
   * @param epoch epoch, from 0
   * @param epochs epochs of the training
   * @param rows rows that the epoch went through
   * @param loss mean over the epoch's rows, all losses added
   * @param seconds wall time of the epoch
   */
  record EpochEvent(int epoch, int epochs, long rows, double loss, double seconds) {}
}
