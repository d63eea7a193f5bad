package io.sparkae.ml;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.Trainer;
import io.sparkae.spark.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.SparkSession;

/** Several trainings, one after the other, that make one model. */
final class Phases {
  private final JavaSparkContext context;
  private final TrainingListener listener;
  private final TrainingCheckpoints checkpoints;
  private final int count;
  private final List<TrainingSummary> summaries = new ArrayList<>();

  /**
   * None yet.
   *
   * @param listener who hears of them; null for nobody
   * @param checkpoints where they leave their own
   * @param count how many there will be
   */
  Phases(
      SparkSession spark, TrainingListener listener, TrainingCheckpoints checkpoints, int count) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.listener = listener == null ? TrainingListener.NONE : listener;
    this.checkpoints = checkpoints;
    this.count = count;
  }

  /**
   * Trains the next one.
   *
   * @param name what is trained
   * @param start the weights to start from; null for random ones
   * @return the trained weights
   */
  float[] train(
      String name,
      Objective objective,
      TrainingSettings settings,
      TrainingRows rows,
      float[] start) {
    if (count > 1) {
      listener.onPhase(name, summaries.size() + 1, count);
    }
    Trainer trainer = new Trainer(context, objective, settings, listener, checkpoints);
    Trainer.Outcome outcome = train(trainer, rows, start, summaries.size() + 1 == count);
    summaries.add(TrainingSummary.of(objective, outcome, name));
    return outcome.result().state().parameters().clone();
  }

  private static Trainer.Outcome train(
      Trainer trainer, TrainingRows rows, float[] start, boolean last) {
    if (start == null) {
      return last ? trainer.trainLast(rows) : trainer.train(rows);
    }
    return last ? trainer.trainLast(rows, start) : trainer.train(rows, start);
  }

  /** How the last one went, with those before it as its pretraining. */
  TrainingSummary summary(Params stage) {
    int last = summaries.size() - 1;
    return summaries.get(last).with(stage, summaries.subList(0, last));
  }
}
