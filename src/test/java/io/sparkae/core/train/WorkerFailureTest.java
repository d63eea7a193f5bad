package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thread that fails must not leave the others waiting: the timeout is there for a hang alone. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerFailureTest {
  private static final int ROWS = 60;
  private static final Example EXAMPLE = Example.AUTOENCODER;

  /** Fails in one micro-batch, from the third minibatch on. */
  private static final class Failing extends ForwardingObjective {
    private static final long serialVersionUID = 1L;
    private final int failingLane;
    private final transient Throwable failure;
    private transient boolean armed = true;
    private transient int lanes;

    Failing(int failingLane, Throwable failure) {
      super(EXAMPLE.objective);
      this.failingLane = failingLane;
      this.failure = failure;
    }

    @Override
    public Workspace newWorkspace(Minibatch minibatch) {
      Workspace inner = super.newWorkspace(minibatch);
      int lane = lanes++;
      int[] calls = {0};
      return (pass, sums) -> {
        if (lane == failingLane && ++calls[0] >= 3 && armed) {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        }
        inner.compute(pass, sums);
      };
    }
  }

  private static TrainingPlan plan() {
    return TrainingPlan.of(EXAMPLE.settings(Averaging.LOCAL, 6, 1, 3, 0), ROWS, 1, 3, false);
  }

  private static Shard shard() {
    return new Shard(List.of(EXAMPLE.rows(Seed.random("failures"), ROWS)));
  }

  private static byte[] start(TrainingPlan plan) {
    return RoundState.initial(EXAMPLE.objective, plan.settings()).toBytes(RoundTask.Kind.WALK);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "2, true"})
  void failureOfAnyThreadSurfacesAndTheNextRoundRuns(int lane, boolean error)
      throws InterruptedException {
    Throwable failure =
        error ? new OutOfMemoryError("no heap left") : new IllegalStateException("no luck");
    Failing objective = new Failing(lane, failure);
    TrainingPlan plan = plan();
    assertThat(plan.threads()).isEqualTo(3);
    Worker worker = new Worker(objective, plan, ROWS);
    Shard rows = shard();
    RoundTask task = new RoundTask(RoundTask.Kind.WALK, 0, 0, plan.stepsPerEpoch());
    assertThatThrownBy(() -> worker.run(rows, start(plan), task)).isSameAs(failure);
    objective.armed = false;
    RoundResult again = worker.run(rows, start(plan), task);
    RoundResult fresh = new Worker(EXAMPLE.objective, plan, ROWS).run(rows, start(plan), task);
    assertSameBits("parameters", again.state().parameters(), fresh.state().parameters());
  }

  @Test
  void interruptedTaskStops() {
    TrainingPlan plan = plan();
    Worker worker = new Worker(EXAMPLE.objective, plan, ROWS);
    Shard rows = shard();
    RoundTask task = new RoundTask(RoundTask.Kind.WALK, 0, 0, plan.stepsPerEpoch());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> worker.run(rows, start(plan), task))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void lossThatIsNoNumberStopsTheTrainingWithAHint() {
    Block all = Data.block(EXAMPLE.objective.columns(), new float[][] {{1, 2, Float.NaN, 4, 5, 6}});
    assertThatThrownBy(
            () ->
                InProcessReplicas.train(
                    EXAMPLE.objective, EXAMPLE.settings(Averaging.LOCAL, 6, 1, 1, 0), 1, all))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the loss stopped being finite in epoch 1, step 1 of 1: row 0 of the training rows"
                + " holds NaN at element 2 of its features: scaled features may help");
  }
}
