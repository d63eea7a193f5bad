package io.sparkae.jobs;

import static io.sparkae.jobs.FaultyTraining.assertSame;
import static io.sparkae.spark.Causes.rootCauseOf;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkae.core.train.FaultyObjective;
import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.FaultyObjective.Kind;
import io.sparkae.core.train.TrainingListener;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks that fail a few times or always. */
class FailingTasksIT extends ClusterTrainings {
  /** What Spark tries if it is not told otherwise. */
  private static final int ATTEMPTS = 4;

  @BeforeAll
  static void startSession() {
    spark = cluster.session(Map.of());
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
      Map<Integer, Long> attempts =
          log.failed().stream().collect(groupingBy(TaskLog.Ended::replica, counting()));
      assertThat(attempts).hasSize(2).containsValue((long) ATTEMPTS);
      assertThat(attempts.values()).allMatch(count -> count <= ATTEMPTS);
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
