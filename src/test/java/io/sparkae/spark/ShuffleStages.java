package io.sparkae.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;

/** Counts the stages that write a shuffle, from its making to its closing. */
public final class ShuffleStages extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

  private ShuffleStages(SparkContext context) {
    this.context = context;
  }

  /** Counts from now on. */
  public static ShuffleStages of(SparkContext context) {
    ShuffleStages stages = new ShuffleStages(context);
    context.addSparkListener(stages);
    return stages;
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    if (event.stageInfo().shuffleDepId().isDefined()) {
      stages.add(event.stageInfo().stageId());
    }
  }

  /** How many there were. */
  public int count() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
    return stages.size();
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
