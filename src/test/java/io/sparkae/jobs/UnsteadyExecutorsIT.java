package io.sparkae.jobs;

import static io.sparkae.jobs.FaultyTraining.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.FaultyObjective.Kind;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.storage.RDDInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors that have no room for rows, stand still, or come when they are asked for. */
class UnsteadyExecutorsIT extends ClusterTrainings {
  /** Deletes all rows that lie on disk, once, before the first round has read them. */
  private static final class Vanishing implements TrainingListener {
    private int deleted;

    @Override
    public void onStart(TrainingPlan plan) {
      RDDInfo[] kept = spark.sparkContext().getRDDStorageInfo();
      assertThat(Arrays.stream(kept).mapToLong(RDDInfo::memSize).sum()).isZero();
      assertThat(Arrays.stream(kept).mapToLong(RDDInfo::diskSize).sum()).isPositive();
      deleteAll();
    }

    private void deleteAll() {
      try (Stream<Path> files = Files.walk(cluster.folder())) {
        for (Path file : files.filter(Vanishing::isBlock).toList()) {
          deleted += Files.deleteIfExists(file) ? 1 : 0; // Spark may be at it, too
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isBlock(Path file) {
      return file.getFileName().toString().startsWith("rdd_");
    }
  }

  @Test
  void rowsThatNeverFitIntoMemoryAreReadFromDiskAndComputedAgainWhereThatHasLostThem()
      throws IOException {
    spark = cluster.session(Map.of("spark.memory.fraction", "0.001"));
    FaultyTraining training = training();
    Vanishing vanishing = new Vanishing();
    assertSame(training.train(training.rows(3), vanishing), undisturbed);
    assertThat(vanishing.deleted).isGreaterThanOrEqualTo(4); // two replicas, two kinds of rows
  }

  /** Lets all executors go, with their rows, between two rounds; the next must have others. */
  private static final class Pause implements TrainingListener {
    private static final int LAST_BEFORE = 5;

    private int rounds;

    @Override
    public void onRound(RoundEvent event) {
      if (++rounds == LAST_BEFORE) {
        TestCluster.await("idle executors go", () -> TestCluster.executors(spark) == 0);
      }
    }
  }

  /** Whether it is a second attempt whose result counted. */
  private static boolean isUsedCopy(TaskInfo task) {
    return task.speculative() && task.successful();
  }

  /**
   * Whichever attempt ends first: the one that goes on soon, or that which was started meanwhile.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExecutorThatStandsStillWhileAnotherComputesTheSameIsNotCountedTwice(boolean untilDone)
      throws IOException, TimeoutException {
    cluster.standOnTwoHosts(); // there is no second attempt on a task's own host
    spark =
        cluster.session(
            Map.of(
                "spark.speculation", "true",
                "spark.speculation.interval", "100ms",
                "spark.speculation.quantile", "0.5",
                "spark.speculation.multiplier", "1.5",
                "spark.shuffle.io.connectionTimeout", "5s", // of who stands still and has rows
                "spark.shuffle.io.maxRetries", "0"));
    FaultyTraining training = training(new Fault(Kind.STOP, 0.5));
    try (TaskLog log = new TaskLog(spark)) {
      CompletableFuture<Void> rescue =
          CompletableFuture.runAsync(
              () -> {
                TestCluster.await("an executor stands still", () -> training.standsStill(0));
                TestCluster.await(
                    "another attempt",
                    () ->
                        untilDone
                            ? log.endedSoFar().stream().anyMatch(UnsteadyExecutorsIT::isUsedCopy)
                            : log.startedSoFar().stream().anyMatch(TaskInfo::speculative));
                training.goOn(0);
              });
      assertSame(training.train(), undisturbed);
      rescue.join();
      List<TaskInfo> attempts = log.ended().stream().map(TaskLog.Ended::info).toList();
      assertThat(attempts)
          .anyMatch(untilDone ? UnsteadyExecutorsIT::isUsedCopy : TaskInfo::speculative);
    }
  }

  @Test
  void executorsThatSparkAllocatesByItselfTrainTheSameModel() throws IOException {
    spark =
        cluster.session(
            Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.initialExecutors", "2",
                "spark.dynamicAllocation.maxExecutors", "2",
                "spark.dynamicAllocation.executorIdleTimeout", "2s",
                "spark.dynamicAllocation.cachedExecutorIdleTimeout", "2s",
                "spark.executor.cores", "2"));
    FaultyTraining training = training();
    Pause pause = new Pause();
    assertSame(training.train(training.rows(3), pause), undisturbed);
    assertThat(pause.rounds).isGreaterThan(Pause.LAST_BEFORE);
  }
}
