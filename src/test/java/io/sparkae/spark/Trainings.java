package io.sparkae.spark;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trainings through Spark of objectives that read features alone. */
public final class Trainings {
  private Trainings() {}

  /** Trains on the column {@code features}, in the table's session. */
  static TrainingResult train(Objective objective, TrainingSettings settings, Dataset<Row> table) {
    return train(objective, settings, table, TrainingListener.NONE, TrainingCheckpoints.NONE);
  }

  /** The same, with a listener and from a checkpoint if there is one. */
  public static TrainingResult train(
      Objective objective,
      TrainingSettings settings,
      Dataset<Row> table,
      TrainingListener listener,
      TrainingCheckpoints checkpoints) {
    return new Trainer(
            JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext()),
            objective,
            settings,
            listener,
            checkpoints)
        .train(
            table,
            objective.columns().stream().map(spec -> InputColumn.of("features", spec)).toList(),
            HandleInvalid.ERROR)
        .result();
  }
}
