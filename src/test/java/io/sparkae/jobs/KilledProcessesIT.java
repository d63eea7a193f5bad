package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code train} on a cluster where an executor or the driver is killed. */
@ExtendWith(SharedCluster.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledProcessesIT {
  private static final String TRAIN =
      "train --hidden-layers 100 --code-size 20 --epochs 5 --batch-size 50 --steps-per-round 4"
          + " --checkpoint-interval 1 --no-report --replicas 2 --micro-batches 2";

  /** Of 50 rounds. */
  private static final int LEAST_CHECKPOINTS = 5;

  @TempDir private static Path folder;

  /** The bits of a training in one JVM. */
  private static List<String> undisturbed;

  @BeforeAll
  static void trainHere() throws IOException {
    TestCluster.endSession();
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 2000, 2)
        .write()
        .parquet(folder.resolve("table").toString());
    Run run = Run.of(training("here").split(" "));
    assertThat(run.code()).as(run.err()).isZero();
    undisturbed = SavedWeights.of(folder.resolve("here"));
    TestCluster.endSession();
  }

  private static String training(String model) {
    return TRAIN + " --input " + folder.resolve("table") + " --output " + folder.resolve(model);
  }

  private static int newest(String model) {
    return Newest.checkpoint(folder.resolve("_" + model + "-checkpoints"));
  }

  private static void awaitCheckpoints(Shell.Running command, String model) {
    TestCluster.await(
        "the training is under way",
        () -> newest(model) >= LEAST_CHECKPOINTS || !command.process().isAlive());
  }

  private static void assertModel(Run run, String model) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(SavedWeights.of(folder.resolve(model))).isEqualTo(undisturbed);
  }

  @Test
  void aTrainingWhoseExecutorIsKilledSavesTheSameWeights(TestCluster cluster)
      throws IOException, InterruptedException {
    Shell.Running command = cluster.command(folder, training("executor"));
    awaitCheckpoints(command, "executor");
    List<ProcessHandle> executors = cluster.executors();
    executors.stream().findFirst().ifPresent(ProcessHandle::destroyForcibly);
    Run run = command.end();
    assertThat(executors).as(run.code() + ": " + run.out() + run.err()).isNotEmpty();
    assertThat(run.err()).contains("Lost executor");
    assertModel(run, "executor");
  }

  @Test
  void aTrainingWhoseDriverIsKilledGoesOnToTheSameWeights(TestCluster cluster)
      throws IOException, InterruptedException {
    Shell.Running command = cluster.command(folder, training("driver"));
    awaitCheckpoints(command, "driver");
    command.process().destroyForcibly();
    assertThat(command.end().code()).isEqualTo(128 + 9);
    assertThat(folder.resolve("driver")).doesNotExist();
    Run again = cluster.command(folder, training("driver") + " --resume").end();
    assertThat(again.err()).contains("going on after ");
    assertModel(again, "driver");
  }

  @Test
  void theSameOfADriverOnTheCluster(TestCluster cluster) throws IOException, InterruptedException {
    Shell.Running command = cluster.commandInside(folder, training("inside"));
    awaitCheckpoints(command, "inside");
    List<ProcessHandle> drivers = cluster.drivers();
    assertThat(drivers).hasSize(1);
    drivers.get(0).destroyForcibly();
    Run killed = command.end();
    assertThat(killed.code()).as(killed.err()).isEqualTo(Main.FAILURE);
    assertThat(folder.resolve("inside")).doesNotExist();
    int reached = newest("inside");
    assertThat(reached).isGreaterThanOrEqualTo(LEAST_CHECKPOINTS);
    assertThat(saidByDrivers(cluster)).noneMatch(said -> said.contains("going on after "));
    Run again = cluster.commandInside(folder, training("inside") + " --resume").end();
    assertThat(saidByDrivers(cluster)).anyMatch(said -> said.contains("going on after "));
    assertModel(again, "inside");
  }

  /** By those on workers, which the client does not hear. */
  private static List<String> saidByDrivers(TestCluster cluster) throws IOException {
    List<String> said = new ArrayList<>();
    try (Stream<Path> files = Files.walk(cluster.folder().resolve("work"))) {
      for (Path file : files.filter(file -> file.endsWith("stderr")).toList()) {
        if (file.getParent().getFileName().toString().startsWith("driver-")) {
          said.add(Files.readString(file));
        }
      }
    }
    return said;
  }
}
