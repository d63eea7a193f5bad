package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.train.TrainingListener;
import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.Autoencoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command train with the checkpoints of a training that did not end. */
class ResumeJobsTest {
  @TempDir private Path folder;

  private Path checkpoints;

  @BeforeEach
  void generate() {
    checkpoints = folder.resolve("_model-checkpoints");
    rows().write().parquet(path("table"));
  }

  private static Dataset<Row> rows() {
    return GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 60, 2);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Leaves what the command would, had it been stopped in its second epoch. */
  private void stop(Path dir) {
    Autoencoder estimator =
        new Autoencoder()
            .setCodeSize(3)
            .setEpochs(3)
            .setBatchSize(10)
            .setStepsPerRound(2)
            .setCheckpointDir(dir.toString())
            .setCheckpointInterval(1);
    estimator.setTrainingListener(
        new TrainingListener() {
          @Override
          public void onRound(RoundEvent event) {
            if (event.epoch() == 1 && event.stepsDone() == 4) {
              throw new IllegalStateException("stopped");
            }
          }
        });
    Dataset<Row> table = LocalSpark.session().read().parquet(path("table"));
    assertThatThrownBy(() -> estimator.fit(table)).hasMessage("stopped");
  }

  private Run train(String output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--input",
                path("table"),
                "--output",
                path(output),
                "--no-report",
                "--code-size",
                "3",
                "--epochs",
                "3",
                "--batch-size",
                "10",
                "--steps-per-round",
                "2"));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private List<String> weights(String model) {
    return SavedWeights.of(folder.resolve(model));
  }

  private static void assertUsage(Run run, String line) {
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).isEqualTo("sparkae train: " + line + System.lineSeparator());
  }

  @Test
  void itGoesOnAndTakesTheCheckpointsAwayOnceTheModelIsSaved() {
    stop(checkpoints);
    Run resumed = train("model", "--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err().lines())
        .contains("going on after step 4 of 6 of epoch 2 of 3")
        .noneMatch(line -> line.startsWith("epoch 1/3"));
    assertThat(checkpoints).doesNotExist();
    assertThat(train("undisturbed").code()).isZero();
    assertThat(weights("model")).isEqualTo(weights("undisturbed"));
  }

  @Test
  void aTrainingThatHasEndedEndsWellAgain() {
    assertThat(train("model").code()).isZero();
    List<String> weights = weights("model");
    Run again = train("model", "--resume");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .endsWith(
            "model is there, an AutoencoderModel of these settings and 60 rows: the training that"
                + " --resume goes on with has ended"
                + System.lineSeparator());
    assertThat(weights("model")).isEqualTo(weights);
  }

  /** As when the driver is lost between the two. */
  @Test
  void checkpointsThatAreLeftBesideTheirModelAreTakenAway() throws IOException {
    stop(checkpoints);
    Path kept = folder.resolve("kept");
    FileUtils.copyDirectory(checkpoints.toFile(), kept.toFile());
    assertThat(train("model", "--resume").code()).isZero();
    FileUtils.moveDirectory(kept.toFile(), checkpoints.toFile()); // with the times of before
    Run again = train("model", "--resume");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("has ended");
    assertThat(checkpoints).doesNotExist();
  }

  @Test
  void checkpointsNewerThanTheModelAreOfATrainingThatIsToReplaceIt() {
    assertThat(train("model").code()).isZero();
    stop(checkpoints);
    Run refused = train("model", "--resume");
    assertUsage(
        refused,
        "--output " + path("model") + " exists: name another one or add --overwrite to replace it");
    Run replaced = train("model", "--resume", "--overwrite");
    assertThat(replaced.err()).contains("going on after step 4 of 6 of epoch 2 of 3");
    assertThat(checkpoints).doesNotExist();
  }

  @Test
  void aModelOfAnotherTrainingIsNotTakenForItsEnd() throws IOException {
    assertThat(train("model").code()).isZero();
    List<String> weights = weights("model");
    String refused = "--output " + path("model") + " is of a training with ";
    String wayOut = ": name another one, or add --overwrite to replace it";
    assertUsage(
        train("model", "--resume", "--step-size", "0.01"),
        refused + "--step-size 0.001, not 0.01" + wayOut);
    assertUsage(
        train("model", "--resume", "--tied-weights", "true"),
        refused + "--tied-weights false, not true" + wayOut);
    assertUsage(
        train("model", "--resume", "--model", "stackedAutoencoder"),
        refused + "--model autoencoder, not stackedAutoencoder" + wayOut);
    assertThat(weights("model")).isEqualTo(weights);
    new KMeans().setK(2).fit(rows()).write().save(path("foreign"));
    assertThat(train("foreign", "--resume").err()).contains("foreign exists: name another one");
  }

  @Test
  void withoutResumeItSaysWhatIsReplacedAndStartsAnew() {
    stop(checkpoints);
    Run anew = train("model");
    assertThat(anew.code()).as(anew.err()).isZero();
    assertThat(anew.err().lines())
        .contains(
            checkpoints
                + " has the checkpoints of an unfinished training, which this one replaces: the"
                + " same command with --resume would go on with it")
        .anyMatch(line -> line.startsWith("epoch 1/3"));
    assertThat(checkpoints).doesNotExist();
  }

  @Test
  void otherSettingsAreNamedInTheWordsOfTheOptions() {
    stop(checkpoints);
    assertUsage(
        train("model", "--resume", "--step-size", "0.01"),
        "--resume: "
            + checkpoints
            + " is of a training with --step-size 0.001, not 0.01: give the same settings, or leave"
            + " --resume out");
    assertThat(checkpoints).exists();
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void theFolderCanBeNamed() throws IOException {
    Path named = folder.resolve("kept here");
    Files.createDirectories(named);
    Path foreign = Files.writeString(named.resolve("notes"), "x");
    stop(named);
    Run resumed = train("model", "--resume", "--checkpoint-dir", named.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("going on after ");
    try (Stream<Path> left = Files.list(named)) {
      assertThat(left).containsExactly(foreign);
    }
    assertUsage(
        train("other", "--checkpoint-dir", path("other/checkpoints")),
        "--checkpoint-dir "
            + path("other/checkpoints")
            + " and --output "
            + path("other")
            + " overlap: write somewhere else");
  }

  @Test
  void aDamagedCheckpointIsLeftOutForTheOneBefore() throws IOException {
    stop(checkpoints);
    Path newest;
    try (Stream<Path> files = Files.list(checkpoints)) {
      newest = files.sorted().reduce((a, b) -> b).orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);
    Run resumed = train("model", "--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err().lines()).contains("going on after step 2 of 6 of epoch 2 of 3");
    assertThat(train("undisturbed").code()).isZero();
    assertThat(weights("model")).isEqualTo(weights("undisturbed"));
  }
}
