package io.sparkae.jobs;

import io.sparkae.ml.HasTrainingListener;
import io.sparkae.report.ConsoleProgress;
import org.apache.spark.ml.Estimator;

/** Lets an estimator that can tell how its training goes tell it on the console. */
final class Progress {
  private Progress() {}

  static void attach(Estimator<?> estimator, Console console) {
    if (estimator instanceof HasTrainingListener telling) {
      telling.setTrainingListener(new ConsoleProgress(console.err(), console.terminal()));
    }
  }
}
