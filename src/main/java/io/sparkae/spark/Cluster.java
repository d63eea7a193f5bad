package io.sparkae.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * The executors that a training can use.
 *
 * @param isLocal whether driver and executor are one JVM
 * @param executors executors that are there now, at least 1
 * @param coresPerExecutor cores of each, at least 1
 */
record Cluster(boolean isLocal, int executors, int coresPerExecutor) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\s*\\d+)?])?");

  /** Looks at a running context. */
  static Cluster of(SparkContext context) {
    Matcher local = LOCAL.matcher(context.master());
    if (local.matches()) {
      String threads = local.group(1);
      int cores =
          threads == null
              ? 1
              : threads.equals("*")
                  ? Runtime.getRuntime().availableProcessors()
                  : Integer.parseInt(threads);
      return new Cluster(true, 1, cores);
    }
    int executors = Math.max(1, context.statusTracker().getExecutorInfos().length - 1);
    ResourceProfile standard = context.resourceProfileManager().defaultResourceProfile();
    int cpusPerTask = context.conf().getInt("spark.task.cpus", 1);
    int cores = context.maxNumConcurrentTasks(standard) * cpusPerTask / executors;
    return new Cluster(false, executors, Math.max(1, cores));
  }

  /** Cores that each of so many replicas can have. */
  int coresPerReplica(int replicas) {
    int replicasPerExecutor = (replicas + executors - 1) / executors;
    return Math.max(1, coresPerExecutor / replicasPerExecutor);
  }

  /**
   * A profile under which a task takes so many cores; null where Spark has none or one core does.
   */
  static ResourceProfile profile(Cluster cluster, int coresPerTask) {
    if (cluster.isLocal() || coresPerTask == 1) {
      return null;
    }
    return new ResourceProfileBuilder()
        .require(new TaskResourceRequests().cpus(coresPerTask))
        .build();
  }
}
