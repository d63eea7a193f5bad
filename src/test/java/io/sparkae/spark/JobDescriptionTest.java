package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.train.TrainingException;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.ReconstructionEvaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's UI says of the jobs of a training. */
class JobDescriptionTest {
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(4, 100, 5), 2);

  private static Autoencoder autoencoder() {
    return new Autoencoder().setCodeSize(2).setBatchSize(25).setStepsPerRound(2).setEpochs(2);
  }

  @Test
  void everyJobOfATrainingSaysWhatItDoes() throws TimeoutException {
    try (JobDescriptions jobs = new JobDescriptions()) {
      autoencoder().setValidationFraction(0.2).fit(TABLE);
      assertThat(jobs.heard())
          .containsSubsequence(
              "sparkae: looking at the first rows of features",
              "sparkae: packing rows",
              "sparkae: choosing rows to train on",
              "sparkae: choosing rows to validate on",
              "sparkae: dealing out training rows",
              "sparkae: dealing out validation rows",
              "sparkae: epoch 1/2 round 1/2",
              "sparkae: epoch 1/2 round 2/2",
              "sparkae: epoch 1/2 validation",
              "sparkae: epoch 2/2 round 1/2",
              "sparkae: epoch 2/2 round 2/2",
              "sparkae: epoch 2/2 validation")
          .allMatch(description -> description.startsWith("sparkae: "));
    }
  }

  @Test
  void savingLoadingAndMeasuringSayWhatTheyDo(@TempDir Path folder)
      throws IOException, TimeoutException {
    AutoencoderModel model = autoencoder().setReconstructionCol("reconstruction").fit(TABLE);
    String path = folder.resolve("model").toString();
    try (JobDescriptions jobs = new JobDescriptions()) {
      model.write().save(path);
      assertThat(jobs.heard()).isNotEmpty().allMatch("sparkae: saving a model"::equals);
    }
    try (JobDescriptions jobs = new JobDescriptions()) {
      AutoencoderModel.load(path);
      assertThat(jobs.heard())
          .isNotEmpty()
          .allMatch(("sparkae: loading the model of " + path)::equals);
    }
    try (JobDescriptions jobs = new JobDescriptions()) {
      new ReconstructionEvaluator().evaluate(model.transform(TABLE));
      assertThat(jobs.heard()).isNotEmpty().allMatch("sparkae: measuring squaredError"::equals);
    }
  }

  @Test
  void theWordsOfBeforeComeBackAlsoAfterAFailure() {
    SparkContext context = LocalSpark.session().sparkContext();
    context.setJobDescription("mine");
    try {
      autoencoder().fit(TABLE);
      assertThat(context.getLocalProperty(JobDescription.PROPERTY)).isEqualTo("mine");
      assertThatThrownBy(() -> autoencoder().fit(TABLE.limit(0)))
          .isInstanceOf(TrainingException.class);
      assertThat(context.getLocalProperty(JobDescription.PROPERTY)).isEqualTo("mine");
    } finally {
      context.setJobDescription(null);
    }
  }
}
