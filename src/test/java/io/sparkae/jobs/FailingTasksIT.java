package io.sparkae.jobs;

import static io.sparkae.jobs.FaultyTraining.assertSame;
import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkae.core.train.FaultyObjective;
import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.FaultyObjective.Kind;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that fail a few times or always. */
@ExtendWith(SharedCluster.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FailingTasksIT {
  /** What Spark tries if it is not told otherwise. */
  private static final int ATTEMPTS = 4;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static TrainingResult undisturbed;

  @BeforeAll
  static void trainUndisturbed(TestCluster shared) throws IOException {
    undisturbed = FaultyTraining.undisturbed(folder);
    spark = shared.session(Map.of());
  }

  @AfterAll
  static void endSession() {
    TestCluster.endSession();
  }

  private static FaultyTraining training(Fault... faults) throws IOException {
    return FaultyTraining.of(spark, folder, faults);
  }

  /** Rows whose tasks fail until they have been tried so often. */
  private static Dataset<Row> failing(Dataset<Row> rows, int attempts) {
    return rows.mapPartitions(
        (MapPartitionsFunction<Row, Row>)
            partition -> {
              if (TaskContext.get().attemptNumber() < attempts) {
                throw new IllegalStateException(FaultyObjective.INJECTED);
              }
              return partition;
            },
        Encoders.row(rows.schema()));
  }

  @Test
  void tasksThatFailAFewTimesChangeNoBit() throws IOException, TimeoutException {
    Fault fault = new Fault(Kind.FAIL, 0.5);
    FaultyTraining training = training(fault, fault, fault);
    Dataset<Row> rows = failing(training.rows(3), ATTEMPTS - 1);
    try (TaskLog log = new TaskLog(spark)) {
      assertSame(training.train(rows, TrainingListener.NONE), undisturbed);
      assertThat(IntStream.range(0, 3)).allMatch(training::hasStruck);
      assertThat(log.failed())
          .hasSizeBetween(1, 3) // two threads of a task may fail at the same time
          .allSatisfy(task -> assertThat(task.reason()).contains(FaultyObjective.INJECTED));
    }
  }

  @Test
  void aTaskThatAlwaysFailsEndsTheRunInOneLineAfterAsManyAttemptsAsSparkMakes()
      throws IOException, TimeoutException {
    FaultyTraining training = training(new Fault(Kind.FAIL_ALWAYS, 0.5));
    try (TaskLog log = new TaskLog(spark)) {
      assertThat(Failures.line(catchThrowable(training::train)))
          .isEqualTo(FaultyObjective.INJECTED);
      assertThat(log.failed().stream().map(TaskLog.Ended::stage).distinct()).hasSize(1);
      for (int replica = 0; replica < 2; replica++) {
        int number = replica;
        assertThat(log.failed().stream().filter(task -> task.replica() == number))
            .as("attempts of replica %d", replica)
            .hasSizeBetween(1, ATTEMPTS);
      }
    }
  }

  @Test
  void rowsThatAlwaysFailToComeEndTheRunInOneLine() throws IOException {
    FaultyTraining training = training();
    Dataset<Row> rows = failing(training.rows(3), Integer.MAX_VALUE);
    rootCauseOf(() -> training.train(rows, TrainingListener.NONE))
        .hasMessage(FaultyObjective.INJECTED);
  }
}
