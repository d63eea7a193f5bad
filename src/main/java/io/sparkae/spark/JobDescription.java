package io.sparkae.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** What Spark's UI says of the jobs that a thread starts. */
public final class JobDescription {
  /** The property of a job that the UI shows. */
  public static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /**
   * Does some work whose jobs have a description; those after it have the one of before.
   *
   * @param <T> what the work gives
   * @param context runs the jobs
   * @param description one line
   * @param work starts its jobs on this thread
   * @return what the work gave
   */
  public static <T> T during(SparkContext context, String description, Supplier<T> work) {
    String former = context.getLocalProperty(PROPERTY);
    context.setJobDescription(description);
    try {
      return work.get();
    } finally {
      context.setJobDescription(former);
    }
  }

  /**
   * The same for work that gives nothing back.
   *
   * @param context runs the jobs
   * @param description one line
   * @param work starts its jobs on this thread
   */
  public static void running(SparkContext context, String description, Runnable work) {
    during(
        context,
        description,
        () -> {
          work.run();
          return null;
        });
  }
}
