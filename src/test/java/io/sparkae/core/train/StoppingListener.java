package io.sparkae.core.train;

import java.util.ArrayList;
import java.util.List;

/** Counts the rounds of a training, and stops it after one of them. */
public final class StoppingListener implements TrainingListener {
  private final int last;
  private final List<String> phases = new ArrayList<>();
  private final List<ResumeEvent> resumed = new ArrayList<>();
  private int rounds;
  private int kept;
  private int roundsOfEpochs;

  /** What it throws. */
  public static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Of a training that is to be stopped.
   *
   * @param last round that it makes, from 1 on; 0 for one that is not stopped
   */
  public StoppingListener(int last) {
    this.last = last;
  }

  @Override
  public void onPhase(String name, int number, int count) {
    phases.add(name);
  }

  @Override
  public void onResume(ResumeEvent event) {
    resumed.add(event);
  }

  @Override
  public void onEpoch(EpochEvent event) {
    roundsOfEpochs = rounds;
  }

  @Override
  public void onRound(RoundEvent event) {
    if (++rounds == last) {
      boolean endsEpoch = event.stepsDone() == event.stepsPerEpoch();
      boolean isLook = event.stepsDone() == 0;
      kept = // its checkpoint comes when the epoch has ended; iterations have no others
          isLook ? roundsOfEpochs : endsEpoch ? last - 1 : last;
      throw new Stop();
    }
  }

  /** Rounds that were made. */
  public int rounds() {
    return rounds;
  }

  /** Rounds of which there is a checkpoint, where each has one, of a training that was stopped. */
  public int kept() {
    return kept;
  }

  /** From where the training went on, if it was one that was resumed. */
  public List<ResumeEvent> resumed() {
    return resumed;
  }

  /** The names of the phases that it began. */
  public List<String> phases() {
    return phases;
  }
}
