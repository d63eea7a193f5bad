package io.sparkae.report;

import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a training on the console: a bar on a terminal, else a line for each epoch. */
public final class ConsoleProgress implements TrainingListener {
  /** Seconds after which a long epoch gets a line of its own in between. */
  private static final double LINE_SECONDS = 30;

  private final PrintStream stream;
  private final boolean terminal;
  private ProgressBar bar;
  private double secondsSinceLine;
  private long rowsSinceEpoch;

  /**
   * Shows nothing yet.
   *
   * @param stream where to print
   * @param terminal whether that is a terminal, on which a line can be drawn anew
   */
  public ConsoleProgress(PrintStream stream, boolean terminal) {
    this.stream = stream;
    this.terminal = terminal;
  }

  @Override
  public void onStart(TrainingPlan plan) {
    line(
        "training on %,d rows: %d epochs of %,d steps, %d %s with %d %s",
        plan.rows(),
        plan.settings().epochs(),
        plan.stepsPerEpoch(),
        plan.replicas(),
        plan.replicas() == 1 ? "replica" : "replicas",
        plan.threads(),
        plan.threads() == 1 ? "thread" : "threads each");
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax((long) plan.settings().epochs() * plan.stepsPerEpoch())
              .setUnit(" steps", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(stream))
              .build();
    }
  }

  @Override
  public void onRound(RoundEvent event) {
    if (bar != null) {
      bar.stepTo((long) event.epoch() * event.stepsPerEpoch() + event.stepsDone());
      bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4g", event.loss()));
      return;
    }
    rowsSinceEpoch += event.rows();
    secondsSinceLine += event.seconds();
    if (secondsSinceLine >= LINE_SECONDS && event.stepsDone() < event.stepsPerEpoch()) {
      secondsSinceLine = 0;
      line(
          "epoch %d/%d: step %,d of %,d, %,d rows, loss %.4g",
          event.epoch() + 1,
          event.epochs(),
          event.stepsDone(),
          event.stepsPerEpoch(),
          rowsSinceEpoch,
          event.loss());
    }
  }

  @Override
  public void onEpoch(EpochEvent event) {
    secondsSinceLine = 0;
    rowsSinceEpoch = 0;
    if (bar == null) {
      line(
          "epoch %d/%d: loss %.4g, %.1f s, %,.0f rows/s",
          event.epoch() + 1,
          event.epochs(),
          event.loss(),
          event.seconds(),
          event.rows() / event.seconds());
    }
  }

  @Override
  public void onEnd() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void line(String format, Object... values) {
    stream.println(String.format(Locale.ROOT, format, values));
  }
}
