package io.sparkae.report;

import io.sparkae.core.Check;
import io.sparkae.core.train.MeanLosses;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows a training on the console: a bar on a terminal, else a line for each epoch. */
public final class ConsoleProgress implements TrainingListener {
  /** Seconds after which a long epoch gets a line of its own in between. */
  private static final double LINE_SECONDS = 30;

  private final PrintStream stream;
  private final boolean terminal;
  private ProgressBar bar;
  private String name = "epoch";
  private String most = "";
  private double secondsSinceLine;
  private long rowsSinceEpoch;
  private double secondsOfEpochs;
  private int epochsTimed;
  private long rowsOfRounds;
  private double secondsOfRounds;

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
  public void onPhase(String what, int number, int count) {
    line("%d of %d: %s", number, count, what);
  }

  @Override
  public void onStart(TrainingPlan plan) {
    secondsOfEpochs = 0;
    epochsTimed = 0;
    rowsOfRounds = 0;
    secondsOfRounds = 0;
    name = plan.epochName();
    most = plan.isFullBatch() ? "at most " : "";
    line(
        "training on %s: %s, %s with %s%s",
        counted(plan.rows(), "row"),
        extent(plan),
        counted(plan.replicas(), "replica"),
        counted(plan.threads(), "thread"),
        plan.replicas() == 1 ? "" : " each");
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("")
              .setInitialMax((long) plan.epochs() * plan.stepsPerEpoch())
              .setRenderer(new EpochBarRenderer(plan.epochs(), plan.stepsPerEpoch(), name))
              .setConsumer(new ConsoleProgressBarConsumer(stream))
              .build();
    }
  }

  private static String extent(TrainingPlan plan) {
    return plan.isFullBatch()
        ? format(
            "at most %s of %s",
            counted(plan.epochs(), "iteration"),
            Check.camelCase(plan.settings().optimizer().kind()))
        : format(
            "%s of %s", counted(plan.epochs(), "epoch"), counted(plan.stepsPerEpoch(), "step"));
  }

  @Override
  public void onResume(ResumeEvent event) {
    if (event.epoch() == event.epochs()) {
      line("already trained to its end");
    } else {
      String step =
          event.stepsDone() == 0
              ? ""
              : format("step %,d of %,d of ", event.stepsDone(), event.stepsPerEpoch());
      int number = event.epoch() + (event.stepsDone() == 0 ? 0 : 1);
      line("going on after %s%s %d of %d", step, name, number, event.epochs());
    }
    if (bar != null) {
      bar.stepTo((long) event.epoch() * event.stepsPerEpoch() + event.stepsDone());
    }
  }

  @Override
  public void onRound(RoundEvent event) {
    rowsOfRounds += event.rows();
    secondsOfRounds += event.seconds();
    if (bar != null) {
      bar.stepTo((long) event.epoch() * event.stepsPerEpoch() + event.stepsDone());
      bar.setExtraMessage(
          format("%s, %,.0f rows/s", losses(event.losses()), rowsOfRounds / secondsOfRounds));
      return;
    }
    rowsSinceEpoch += event.rows();
    secondsSinceLine += event.seconds();
    if (secondsSinceLine >= LINE_SECONDS && event.stepsDone() < event.stepsPerEpoch()) {
      secondsSinceLine = 0;
      line(
          "%s %d/%d: %s, %,d rows, %s",
          name,
          event.epoch() + 1,
          event.epochs(),
          event.stepsDone() == 0
              ? "looking for a step"
              : format("step %,d of %,d", event.stepsDone(), event.stepsPerEpoch()),
          rowsSinceEpoch,
          losses(event.losses()));
    }
  }

  @Override
  public void onEpoch(EpochEvent event) {
    secondsSinceLine = 0;
    rowsSinceEpoch = 0;
    secondsOfEpochs += event.seconds();
    epochsTimed++;
    if (bar != null) {
      bar.stepTo(bar.getMax() * (event.epoch() + 1) / event.epochs());
    } else {
      int left = event.epochs() - event.epoch() - 1;
      line(
          "%s %d/%d: %s, %s%.1f s, %,.0f rows/s%s",
          name,
          event.epoch() + 1,
          event.epochs(),
          losses(event.losses()),
          event.isValidated() ? format("validation %.4g, ", event.validationLoss()) : "",
          event.seconds(),
          event.rows() / event.seconds(),
          left == 0 ? "" : ", " + most + duration(left * secondsOfEpochs / epochsTimed) + " left");
    }
  }

  @Override
  public void onEarlyStop(int epoch, int bestEpoch, double bestLoss) {
    onEnd();
    line(
        "stopped after %s %d: validation was best in %s %d (%.4g), whose parameters are kept",
        name, epoch + 1, name, bestEpoch + 1, bestLoss);
  }

  @Override
  public void onConverged(int iteration, String reason) {
    onEnd();
    line("ended with iteration %d: %s", iteration + 1, reason);
  }

  /** The loss, and beside it those of players who are no part of it. */
  private static String losses(MeanLosses losses) {
    StringBuilder text = new StringBuilder(format("loss %.4g", losses.loss()));
    losses.opponents().forEach((player, loss) -> text.append(format(", %s %.4g", player, loss)));
    return text.toString();
  }

  private static String counted(long count, String noun) {
    return format("%,d %s", count, count == 1 ? noun : noun + "s");
  }

  /** Seconds up to two minutes, minutes up to two hours, then hours and minutes. */
  private static String duration(double seconds) {
    if (seconds < 120) {
      return format("%.0f s", seconds);
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 120 ? minutes + " min" : format("%d h %02d min", minutes / 60, minutes % 60);
  }

  @Override
  public void onEnd() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void line(String format, Object... values) {
    stream.println(format(format, values));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
