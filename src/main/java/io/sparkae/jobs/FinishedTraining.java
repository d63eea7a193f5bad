package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.data.StageMetadata;
import io.sparkae.ml.SavedModels;
import io.sparkae.ml.TrainedModel;
import io.sparkae.ml.TrainingSummary;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.SparkSession;

/**
 * A training that {@code --resume} is to go on with and whose model is there already, as after a
 * driver that ended well, or was lost after it had saved, is started again.
 */
record FinishedTraining(Model<?> model, TrainingSummary summary) {
  /**
   * The training of the model that is there, if it is one with an estimator's settings, and nothing
   * newer waits to be gone on with.
   *
   * @param output path of the model
   * @param params the estimator's, for the words of the options
   * @throws UsageException if it was trained with other settings
   * @throws io.sparkae.data.SavedStageException if it is damaged
   */
  static Optional<FinishedTraining> find(
      SparkSession spark,
      String output,
      Estimator<?> estimator,
      ParamOptions params,
      Checkpoints checkpoints)
      throws IOException {
    Place place = Place.of(spark, "output", output);
    OptionalLong saved = OutputFolder.of(place).modelTime();
    if (saved.isEmpty()
        || !checkpoints.areBefore(saved.getAsLong())
        || !SavedModels.knows(StageMetadata.load(spark, output))) {
      return Optional.empty();
    }
    Model<?> model = SavedModels.load(spark, output);
    Optional<TrainingSummary> summary = ((TrainedModel) model).summary();
    if (summary.isEmpty()) {
      return Optional.empty();
    }
    String wanted = Models.trainedAs(estimator.uid());
    String found = Models.trainedAs(model.uid());
    Optional<String> difference =
        wanted.equals(found)
            ? summary.get().difference(estimator).map(params::inOptionWords)
            : Optional.of("--model " + found + ", not " + wanted);
    if (difference.isPresent()) {
      throw place.refused(
          "is of a training with "
              + difference.get()
              + ": name another one, or add --overwrite to replace it");
    }
    return Optional.of(new FinishedTraining(model, summary.get()));
  }

  /** What became of it, in a sentence. */
  String line(String output) {
    return String.format(
        "%s is there, %s of these settings and %d rows: the training that --resume goes on with has"
            + " ended",
        output, Check.withArticle(model.getClass().getSimpleName()), summary.rows());
  }
}
