package io.sparkae.jobs;

import static io.sparkae.jobs.FaultyTraining.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.FaultyObjective.Kind;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BiConsumer;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trainings that share the executors of a session with others, and those that are cancelled. */
class SharedSessionIT extends ClusterTrainings {
  @BeforeAll
  static void startSession() {
    spark = cluster.session(Map.of());
  }

  /** Lets no round of one training begin before the last one of the other has ended. */
  private record InStep(CyclicBarrier barrier) implements TrainingListener {
    @Override
    public void onRound(RoundEvent event) {
      try {
        barrier.await();
      } catch (BrokenBarrierException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onEnd() {
      barrier.reset(); // the other must not wait for one that has failed
    }
  }

  @Test
  void twoTrainingsAtTheSameTimeEndAsEachByItself() throws IOException {
    FaultyTraining first = training();
    FaultyTraining second = training().ofSeed(8);
    Dataset<Row> others = second.rows(4);
    TrainingResult otherUndisturbed = second.train(others, TrainingListener.NONE);
    InStep inStep = new InStep(new CyclicBarrier(2));
    CompletableFuture<TrainingResult> concurrent =
        CompletableFuture.supplyAsync(() -> second.train(others, inStep));
    assertSame(first.train(first.rows(3), inStep), undisturbed);
    assertSame(concurrent.join(), otherUndisturbed);
  }

  /** Counts rounds, and where the training went on. */
  private static final class Progress implements TrainingListener {
    private volatile int rounds;
    private int resumedAfter;

    @Override
    public void onResume(ResumeEvent event) {
      resumedAfter = event.epoch() * 3 + event.stepsDone() / 10;
    }

    @Override
    public void onRound(RoundEvent event) {
      rounds++;
    }
  }

  private static void assertCancelled(String name, BiConsumer<SparkContext, String> cancel)
      throws IOException {
    Path checkpoints = folder.resolve(name);
    FaultyTraining training = training(new Fault(Kind.STOP, 0.5));
    Progress progress = new Progress();
    SparkContext context = spark.sparkContext();
    CompletableFuture<Integer> rounds =
        CompletableFuture.supplyAsync(
            () -> {
              TestCluster.await("an executor stands still", () -> training.standsStill(0));
              int before = progress.rounds;
              cancel.accept(context, name);
              training.goOn(0);
              return before;
            });
    context.setJobGroup(name, "a training", true);
    Throwable failure;
    try {
      failure = catchThrowable(() -> training.resume(checkpoints, progress));
    } finally {
      context.clearJobGroup();
    }
    assertThat(Failures.line(failure)).contains("cancelled").contains(name);
    assertThat(progress.rounds).isEqualTo(rounds.join());

    Progress resumed = new Progress();
    assertSame(training().resume(checkpoints, resumed), undisturbed);
    assertThat(resumed.resumedAfter).isEqualTo(progress.rounds);
  }

  @Test
  void cancellingTheJobGroupStopsATrainingWithinARound() throws IOException {
    assertCancelled("a-group", SparkContext::cancelJobGroup);
  }

  @Test
  void cancellingTheJobsToComeTooStopsItTheSameWay() throws IOException {
    assertCancelled("a-group-for-good", SparkContext::cancelJobGroupAndFutureJobs);
  }
}
