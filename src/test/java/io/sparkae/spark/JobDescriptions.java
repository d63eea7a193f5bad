package io.sparkae.spark;

import io.sparkae.data.LocalSpark;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Writes down what Spark's UI says of each job that starts while it is open. */
public final class JobDescriptions extends SparkListener implements AutoCloseable {
  private final SparkContext context = LocalSpark.session().sparkContext();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** Listens from now on. */
  public JobDescriptions() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(this);
  }

  /** One for each job, in their order; "null" for a job that nobody described. */
  public List<String> heard() throws TimeoutException {
    context.listenerBus().waitUntilEmpty();
    return List.copyOf(heard);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    heard.add(String.valueOf(start.properties().getProperty(JobDescription.PROPERTY)));
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
