package io.sparkae.core.train;

/** Hears how a training goes; called on the driver, in order, by one thread. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * The next of several trainings that make one model is about to begin.
   *
   * @param name what is trained, such as a layer
   * @param number number of the training, from 1
   * @param count how many there are
   */
  default void onPhase(String name, int number, int count) {}

  /**
   * Training is about to begin.
   *
   * @param plan what the training will do
   */
  default void onStart(TrainingPlan plan) {}

  /**
   * The training goes on from a checkpoint, in place of its first round.
   *
   * @param event where that was
   */
  default void onResume(ResumeEvent event) {}

  /**
   * A round has ended.
   *
   * @param event what the round did
   */
  default void onRound(RoundEvent event) {}

  /**
   * An epoch has ended.
   *
   * @param event what the epoch did
   */
  default void onEpoch(EpochEvent event) {}

  /**
   * Training stops before its last epoch, because the validation loss no longer improves.
   *
   * @param epoch epoch that was the last, from 0
   * @param bestEpoch epoch whose parameters are kept, from 0
   * @param bestLoss validation loss of that epoch
   */
  default void onEarlyStop(int epoch, int bestEpoch, double bestLoss) {}

  /**
   * A full-batch training ends before its last iteration, because it has got as far as it can.
   *
   * @param iteration iteration that was the last, from 0
   * @param reason what has shown it
   */
  default void onConverged(int iteration, String reason) {}

  /** Training has ended, well or with a failure. */
  default void onEnd() {}

  /**
   * Where a training goes on.
   *
   * @param epoch epoch that was under way, from 0; as many as there are if the training had ended
   * @param epochs epochs of the training
   * @param stepsDone optimizer steps of that epoch that are done
   * @param stepsPerEpoch optimizer steps of an epoch
   */
  record ResumeEvent(int epoch, int epochs, int stepsDone, int stepsPerEpoch) {}

  /**
   * A round; of a full-batch optimizer, one look at loss and gradient, of which an iteration has
   * one or several and none is its last step.
   *
   * @param epoch epoch, from 0
   * @param epochs epochs of the training
   * @param stepsDone optimizer steps of this epoch that are done
   * @param stepsPerEpoch optimizer steps of an epoch
   * @param rows rows that the round went through
   * @param losses means over the round's rows
   * @param seconds wall time of the round
   */
  record RoundEvent(
      int epoch,
      int epochs,
      int stepsDone,
      int stepsPerEpoch,
      long rows,
      MeanLosses losses,
      double seconds) {
    /** {@return the loss: all parts added} */
    public double loss() {
      return losses.loss();
    }
  }

  /**
   * An epoch.
   *
   * @param epoch epoch, from 0
   * @param epochs epochs of the training
   * @param rows rows that the epoch went through
   * @param losses means over the epoch's rows
   * @param seconds wall time of the epoch, validation left out
   * @param validationLoss mean over the validation rows after the epoch; NaN if there are none
   */
  record EpochEvent(
      int epoch, int epochs, long rows, MeanLosses losses, double seconds, double validationLoss) {
    /**
     * An epoch of a training without validation rows.
     *
     * @param epoch epoch, from 0
     * @param epochs epochs of the training
     * @param rows rows that the epoch went through
     * @param losses means over the epoch's rows
     * @param seconds wall time of the epoch
     */
    public EpochEvent(int epoch, int epochs, long rows, MeanLosses losses, double seconds) {
      this(epoch, epochs, rows, losses, seconds, Double.NaN);
    }

    /** {@return the loss: all parts added} */
    public double loss() {
      return losses.loss();
    }

    /** {@return whether there are validation rows} */
    public boolean isValidated() {
      return !Double.isNaN(validationLoss);
    }
  }
}
