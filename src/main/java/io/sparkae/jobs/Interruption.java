package io.sparkae.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Lets a command that is interrupted (Ctrl-C, SIGTERM) end in order: its Spark jobs are cancelled,
 * it takes away what it has half written, and only then does Spark stop. The JVM itself ends with
 * 128 and the number of the signal as its exit code.
 */
final class Interruption {
  /** Above Spark's own hooks, which would stop the context under the command's feet. */
  private static final int PRIORITY = 1000;

  private static final long SECONDS = 15;

  private final Thread command;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Interruption(Thread command) {
    this.command = command;
  }

  /** Watches over the command that the current thread is about to run. */
  static Interruption watch() {
    Interruption interruption = new Interruption(Thread.currentThread());
    ShutdownHookManager.get()
        .addShutdownHook(interruption::interrupt, PRIORITY, 2 * SECONDS, TimeUnit.SECONDS);
    return interruption;
  }

  /** Whether this JVM is on its way to its end. */
  static boolean isUnderWay() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  /** The command has ended, well or not: there is nothing to interrupt any more. */
  void commandEnded() {
    ended.countDown();
  }

  private void interrupt() {
    if (ended.getCount() == 0) {
      return;
    }
    command.interrupt();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      do { // a job that the command was about to start must not start after all
        cancelJobs();
      } while (!ended.await(100, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancelJobs() {
    if (SparkSession.getDefaultSession().nonEmpty()) {
      SparkContext context = SparkSession.getDefaultSession().get().sparkContext();
      if (!context.isStopped()) {
        context.cancelAllJobs();
      }
    }
  }
}
