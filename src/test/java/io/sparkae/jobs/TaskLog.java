package io.sparkae.jobs;

import io.sparkae.spark.JobDescription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.sql.SparkSession;

/** The tasks of rounds that Spark starts and ends while this is open. */
final class TaskLog extends SparkListener implements AutoCloseable {
  /**
   * A task of a round.
   *
   * @param replica whose it is
   * @param reason what Spark says of its end
   */
  record Ended(int stage, int replica, TaskInfo info, String reason) {}

  private final SparkContext context;
  private final Map<Integer, String> rounds = new ConcurrentHashMap<>();
  private final List<TaskInfo> started = new CopyOnWriteArrayList<>();
  private final List<Ended> ended = new CopyOnWriteArrayList<>();

  TaskLog(SparkSession spark) {
    context = spark.sparkContext();
    context.addSparkListener(this);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    String description = event.properties().getProperty(JobDescription.PROPERTY, "");
    if (description.matches("sparkae: epoch .* round .*")) {
      rounds.put(event.stageInfo().stageId(), description);
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    if (rounds.containsKey(event.stageId())) {
      started.add(event.taskInfo());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    if (rounds.containsKey(event.stageId())) {
      TaskInfo info = event.taskInfo();
      ended.add(new Ended(event.stageId(), info.index(), info, event.reason().toString()));
    }
  }

  /** Those that have started so far, as far as Spark has told. */
  List<TaskInfo> startedSoFar() {
    return started;
  }

  /** Those that have ended so far, as far as Spark has told. */
  List<TaskInfo> endedSoFar() {
    return ended.stream().map(Ended::info).toList();
  }

  /** Those that have ended. */
  List<Ended> ended() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
    return ended;
  }

  /** Those that have ended, but not well. */
  List<Ended> failed() throws TimeoutException {
    return ended().stream().filter(task -> !task.info().successful()).toList();
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
