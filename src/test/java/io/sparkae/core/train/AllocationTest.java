package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sparkae.core.Seed;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.Workspace;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No step allocates: bytes that each thread of a replica has allocated, read within the steps. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A round of that many steps, and one of three times as many. */
  private static final int STEPS = 40;

  private static final int LANES = 2;
  private static final int BATCH = 8;
  private static final int ROWS = 3 * STEPS * BATCH;

  /** Half of the smallest object: room for what the JVM itself puts on the heap now and then. */
  private static final double BYTES_PER_STEP = 8;

  /** Notes, whenever a micro-batch begins, what its thread has allocated so far. */
  private static final class Metered extends ForwardingObjective {
    private static final long serialVersionUID = 1L;
    private final transient long[][] allocated = new long[LANES][3 * STEPS];
    private final int[] calls = new int[LANES];
    private int lanes;

    Metered(Example example) {
      super(example.objective);
    }

    @Override
    public Workspace newWorkspace(Minibatch minibatch) {
      Workspace inner = super.newWorkspace(minibatch);
      int lane = lanes++;
      return (pass, sums) -> {
        allocated[lane][calls[lane]++] = THREADS.getCurrentThreadAllocatedBytes();
        inner.compute(pass, sums);
      };
    }

    void reset() {
      calls[0] = 0;
      calls[1] = 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void noThreadAllocatesBetweenItsStepsOnceWarm(Example example) throws InterruptedException {
    Metered objective = new Metered(example);
    TrainingPlan plan =
        TrainingPlan.of(
            example.settings(Averaging.LOCAL, BATCH, 1, LANES, 0), ROWS, 1, LANES, false);
    assertThat(plan.threads()).isEqualTo(LANES);
    assertThat(plan.stepsPerEpoch()).isEqualTo(3 * STEPS);
    Worker worker = new Worker(objective, plan, ROWS);
    Shard shard = new Shard(List.of(example.rows(Seed.random("allocation"), ROWS)));
    byte[] state =
        RoundState.initial(example.objective, plan.settings()).toBytes(RoundTask.Kind.WALK);
    RoundTask all = new RoundTask(RoundTask.Kind.WALK, 0, 0, 3 * STEPS);
    worker.run(shard, state, all); // sparse buffers grow to the largest minibatch
    objective.reset();
    worker.run(shard, state, all);
    for (long[] bytes : objective.allocated) {
      double perStep = (double) (bytes[3 * STEPS - 1] - bytes[1]) / (3 * STEPS - 2);
      assertThat(perStep).isBetween(0.0, BYTES_PER_STEP);
    }
  }

  @ParameterizedTest
  @EnumSource
  void roundOfThreeTimesAsManyStepsAllocatesNoMore(Example example) throws InterruptedException {
    for (RoundTask.Kind kind : List.of(RoundTask.Kind.WALK, RoundTask.Kind.SUM)) {
      TrainingPlan plan =
          TrainingPlan.of(example.settings(Averaging.LOCAL, BATCH, 1, LANES, 0), ROWS, 1, 1, false);
      Worker worker = new Worker(example.objective, plan, ROWS);
      Shard shard = new Shard(List.of(example.rows(Seed.random("allocation"), ROWS)));
      byte[] state =
          RoundState.initial(example.objective, plan.settings()).toBytes(RoundTask.Kind.WALK);
      RoundTask shortRound = new RoundTask(kind, 0, 0, STEPS);
      RoundTask longRound = new RoundTask(kind, 0, 0, 3 * STEPS);
      worker.run(shard, state, longRound);
      worker.run(shard, state, shortRound);
      long start = THREADS.getCurrentThreadAllocatedBytes();
      worker.run(shard, state, shortRound);
      long middle = THREADS.getCurrentThreadAllocatedBytes();
      worker.run(shard, state, longRound);
      long end = THREADS.getCurrentThreadAllocatedBytes();
      double perStep = ((end - middle) - (middle - start)) / (2.0 * STEPS);
      assertThat(perStep).as("%s", kind).isLessThanOrEqualTo(BYTES_PER_STEP);
      assertThat(middle - start).isPositive(); // the meter runs: a round itself allocates
    }
  }
}
