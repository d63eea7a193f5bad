package io.sparkae.jobs;

import com.sun.management.ThreadMXBean;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.BlockBuilder;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.Shard;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.Worker;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What a step of a replica of one thread allocates, on rows of zeros in dense columns. */
final class StepAllocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int FEW_STEPS = 4;
  private static final int MANY_STEPS = 12;

  private StepAllocation() {}

  /**
   * {@return bytes that a step puts on the heap: what a round of more steps allocates beyond one of
   * fewer, for each step that it has more}
   *
   * @param objective what is trained
   * @param settings how it is trained
   */
  static double bytesPerStep(Objective objective, TrainingSettings settings) {
    int rows = MANY_STEPS * settings.batchSize();
    TrainingPlan plan = TrainingPlan.of(settings, rows, 1, 1, objective.couplesRows());
    Worker worker = new Worker(objective, plan, rows);
    Shard shard = new Shard(zeros(objective, rows));
    RoundState start = RoundState.initial(objective, plan.settings());
    try {
      bytes(worker, shard, start, MANY_STEPS); // buffers grow to what they need
      bytes(worker, shard, start, FEW_STEPS);
      long few = bytes(worker, shard, start, FEW_STEPS);
      long many = bytes(worker, shard, start, MANY_STEPS);
      return (double) (many - few) / (MANY_STEPS - FEW_STEPS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static long bytes(Worker worker, Shard shard, RoundState start, int steps)
      throws InterruptedException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    worker.run(shard, start, new RoundTask(RoundTask.Kind.WALK, 0, 0, steps));
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static List<Block> zeros(Objective objective, int rows) {
    BlockBuilder builder = new BlockBuilder(objective.columns());
    List<Block> blocks = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (builder.isFull()) {
        blocks.add(builder.build());
      }
      for (int column = 0; column < objective.columns().size(); column++) {
        builder.denseTarget(column); // makes room
      }
      builder.endRow();
    }
    blocks.add(builder.build());
    return blocks;
  }
}
