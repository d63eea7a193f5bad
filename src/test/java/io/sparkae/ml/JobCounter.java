package io.sparkae.ml;

import io.sparkae.data.LocalSpark;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the jobs that Spark starts while it is open. */
final class JobCounter extends SparkListener implements AutoCloseable {
  private final SparkContext context = LocalSpark.session().sparkContext();
  private final AtomicInteger jobs = new AtomicInteger();

  JobCounter() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(this);
  }

  /** Jobs so far. */
  int jobs() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
    return jobs.get();
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs.incrementAndGet();
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
