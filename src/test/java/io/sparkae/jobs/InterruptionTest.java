package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptionTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  /** What a training says that is terminated after its first epoch, less how it went. */
  private List<String> saidByInterrupted(String more) throws IOException, InterruptedException {
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 500, 2)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.resolve("table").toString());
    Process training =
        start("train --input table --output out/model --epochs 100000 --batch-size 50 " + more);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = training.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith("epoch 2/")) {
          training.toHandle().destroy(); // SIGTERM, as Ctrl-C is SIGINT
        }
      }
    }
    assertThat(training.waitFor()).as(said.toString()).isEqualTo(TERMINATED);
    return said.stream()
        .filter(line -> !line.matches("epoch .*|training on .*|WARNING: .*"))
        .toList();
  }

  @Test
  void anInterruptedTrainingSaysSoInOneLineAndLeavesNothing()
      throws IOException, InterruptedException {
    assertThat(saidByInterrupted("--checkpoint-interval -1"))
        .containsExactly("sparkae train: interrupted");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .doesNotContain("out")
          .contains("table");
    }
  }

  @Test
  void theCheckpointsOfAnInterruptedTrainingStayAndItSaysHowToGoOn()
      throws IOException, InterruptedException {
    assertThat(saidByInterrupted("--checkpoint-interval 1"))
        .containsExactly(
            "out/_model-checkpoints has the newest checkpoints: the same command with --resume goes"
                + " on from there",
            "sparkae train: interrupted");
    try (Stream<Path> left = Files.list(folder.resolve("out/_model-checkpoints"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.startsWith("checkpoint-"));
    }
  }

  @Test
  void itSaysSoIfTheCheckpointsAreThoseOfAnotherTrainingStill()
      throws IOException, InterruptedException {
    saidByInterrupted("--checkpoint-interval 1");
    assertThat(saidByInterrupted("--checkpoint-interval 1000000"))
        .containsExactly(
            "out/_model-checkpoints has the checkpoints of an unfinished training, which this one"
                + " replaces: the same command with --resume would go on with it",
            "out/_model-checkpoints has the checkpoints of the training before still, this one had"
                + " none yet: with --resume that one goes on",
            "sparkae train: interrupted");
  }

  @Test
  void whatACommandHasHalfWrittenIsTakenAway() throws IOException, InterruptedException {
    Process drawing =
        start("generate --set digits --rows 100000000 --partitions 10000 --output out/rows");
    TestCluster.await(
        "rows are written", () -> hasPartsBeneath(folder.resolve("out")) || !drawing.isAlive());
    drawing.toHandle().destroy();
    List<String> said = drawing.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(drawing.waitFor()).as(said.toString()).isEqualTo(TERMINATED);
    assertThat(said).contains("sparkae generate: interrupted");
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(left).isEmpty();
    }
  }

  private static boolean hasPartsBeneath(Path output) {
    try (Stream<Path> files = Files.exists(output) ? Files.walk(output) : Stream.empty()) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("part-"));
    } catch (IOException | UncheckedIOException movedMeanwhile) {
      return false;
    }
  }

  private Process start(String arguments) throws IOException {
    return TrainJvm.start(folder, arguments);
  }
}
