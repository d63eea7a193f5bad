package io.sparkae.report;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** The library's bar with the epoch where it has steps, short enough for 80 columns. */
final class EpochBarRenderer extends DefaultProgressBarRenderer {
  private final int epochs;
  private final int stepsPerEpoch;
  private final String name;

  /**
   * For so many epochs.
   *
   * @param name what an epoch is called
   */
  EpochBarRenderer(int epochs, int stepsPerEpoch, String name) {
    super(
        ProgressBarStyle.ASCII,
        "",
        1,
        false,
        null,
        ChronoUnit.SECONDS,
        true,
        EpochBarRenderer::timeLeft);
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.name = name;
  }

  /** At the pace so far; unknown before the first step. */
  private static Optional<Duration> timeLeft(ProgressState state) {
    long done = state.getCurrent() - state.getStart();
    if (done <= 0) {
      return Optional.empty();
    }
    double left = (double) (state.getMax() - state.getCurrent()) / done;
    return Optional.of(
        Duration.ofMillis(Math.round(left * state.getElapsedAfterStart().toMillis())));
  }

  @Override
  protected String ratio(ProgressState state) {
    long epoch = Math.min(epochs, state.getCurrent() / stepsPerEpoch + 1);
    return name + " " + epoch + "/" + epochs;
  }
}
