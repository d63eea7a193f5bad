package io.sparkae.jobs;

import static io.sparkae.jobs.FaultyTraining.assertSame;
import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.FaultyObjective.Kind;
import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.jobs.FaultyTraining.Way;
import io.sparkae.spark.ShuffleStages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executors and workers that are killed while they compute: the model is the same, to the bit. */
class LostExecutorsIT extends ClusterTrainings {
  /** How often an executor is killed in the training of random kills. */
  private static final int KILLS = Integer.getInteger("sparkae.test.kills", 3);

  @BeforeAll
  static void startSession() {
    spark = cluster.session(Map.of());
  }

  @BeforeEach
  void awaitExecutors() {
    TestCluster.await("two executors", () -> TestCluster.executors(spark) == 2);
  }

  @Test
  void anExecutorThatIsKilledInTheMiddleOfARoundChangesNoBit() throws IOException {
    FaultyTraining training = training(new Fault(Kind.KILL, 0.5));
    assertSame(training.train(), undisturbed);
    assertThat(training.hasStruck(0)).isTrue();
  }

  @Test
  void executorsThatAreKilledAgainAndAgainChangeNoBit() throws IOException {
    Random random = Seed.random("killed executors");
    Fault[] kills =
        random
            .doubles(KILLS, 0, 0.95)
            .mapToObj(progress -> new Fault(Kind.KILL, progress))
            .toArray(Fault[]::new);
    int epochs = // long enough that a task is seldom lost as often as ends a run, four times
        Math.max(FaultyTraining.EPOCHS, 2 * KILLS);
    FaultyTraining training = training(kills).longer(epochs);
    assertSame(training.train(), training().longer(epochs).train());
    assertThat(IntStream.range(0, KILLS)).allMatch(training::hasStruck);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOCAL")
  void anExecutorThatIsKilledAndAStepThatFailsChangeNoBitOfOtherWaysToTrain(Way way)
      throws IOException {
    Fault[] faults =
        way == Way.LBFGS
            ? new Fault[] {new Fault(Kind.FAIL, 0, 10), new Fault(Kind.KILL, 0, 25)}
            : new Fault[] {new Fault(Kind.FAIL, 0.2), new Fault(Kind.KILL, 0.5)};
    FaultyTraining training = training(faults).by(way);
    assertSame(training.train(), training().by(way).train());
    assertThat(training.hasStruck(0)).isTrue();
    assertThat(training.hasStruck(1)).isTrue();
  }

  @Test
  void executorsThatAreKilledWhereReplicasAverageAmongThemselvesChangeNoBit()
      throws IOException, TimeoutException {
    SparkConf conf = spark.sparkContext().conf();
    conf.set("spark.sparkae.averagingReplicas", "2");
    try (ShuffleStages stages = ShuffleStages.of(spark.sparkContext())) {
      FaultyTraining training = training(new Fault(Kind.KILL, 0.3), new Fault(Kind.KILL, 0.7));
      assertSame(training.train(), undisturbed);
      assertThat(training.hasStruck(0) && training.hasStruck(1)).isTrue();
      assertThat(stages.count()).as("stages that average").isGreaterThan(FaultyTraining.EPOCHS);
    } finally {
      conf.remove("spark.sparkae.averagingReplicas");
    }
  }

  /** Waits between two rounds: for one executor to be lost, and later for another to join. */
  private static final class Exchange implements TrainingListener {
    private int roundsAfterTheLoss;
    private boolean joined;

    @Override
    public void onRound(RoundEvent event) {
      if (!joined && TestCluster.executors(spark) < 2 && ++roundsAfterTheLoss == 3) {
        cluster.addWorker(TestCluster.OTHER_HOST);
        TestCluster.await("another executor joins", () -> TestCluster.executors(spark) == 2);
        joined = true;
      }
    }
  }

  @Test
  void aWorkerThatGoesAwayAndAnotherThatJoinsChangeNoBit() throws IOException, TimeoutException {
    FaultyTraining training = training(new Fault(Kind.STOP, 0.3));
    CompletableFuture<Void> loss =
        CompletableFuture.runAsync(
            () -> {
              TestCluster.await("an executor stands still", () -> training.standsStill(0));
              TestCluster.killWorker(training.struck(0).parent().orElseThrow());
            });
    Exchange exchange = new Exchange();
    try (TaskLog log = new TaskLog(spark)) {
      assertSame(training.train(training.rows(3), exchange), undisturbed);
      loss.join();
      assertThat(exchange.joined).isTrue();
      assertThat(log.failed()).as("tasks that were lost").isNotEmpty();
      assertThat(log.ended().stream().map(task -> task.info().host()))
          .as("the new worker computes")
          .contains(TestCluster.OTHER_HOST);
    }
  }

  private static Iterator<Row> inAnotherOrderEachTime(Iterator<Row> rows) {
    List<Row> list = new ArrayList<>();
    rows.forEachRemaining(list::add);
    Collections.shuffle(list);
    return list.iterator();
  }

  @Test
  void rowsThatComeInAnotherOrderWhenTheyAreReadAgainStopTheRun() throws IOException {
    FaultyTraining training = training(new Fault(Kind.KILL, 0.5));
    Dataset<Row> rows = training.rows(3);
    Dataset<Row> changing =
        rows.mapPartitions(
            (MapPartitionsFunction<Row, Row>) LostExecutorsIT::inAnotherOrderEachTime,
            Encoders.row(rows.schema()));
    rootCauseOf(() -> training.train(changing, TrainingListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("the rows of partition [0-2] came back different .*");
    assertThat(training.hasStruck(0)).isTrue();
  }
}
