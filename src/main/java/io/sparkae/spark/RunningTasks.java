package io.sparkae.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import scala.jdk.javaapi.CollectionConverters;

/** Tasks of a session, which end later than a job that has failed or was cancelled. */
public final class RunningTasks {
  /** How long they are waited for. */
  private static final long MOST_SECONDS = 10;

  private RunningTasks() {}

  /**
   * Waits until none runs any more, for a few seconds at most: what they write would be there anew
   * after it was deleted.
   *
   * @param context of the session, whose other jobs are waited for, too
   */
  public static void await(SparkContext context) {
    long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
    try {
      while (count(context) > 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As the scheduler knows; the status tracker hears of tasks a moment later. */
  private static int count(SparkContext context) {
    if (context.isStopped() || !(context.taskScheduler() instanceof TaskSchedulerImpl scheduler)) {
      return 0;
    }
    return CollectionConverters.asJava(scheduler.runningTasksByExecutors()).values().stream()
        .mapToInt(tasks -> (Integer) tasks)
        .sum();
  }
}
