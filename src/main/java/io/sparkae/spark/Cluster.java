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
 * @param comeAndGo whether Spark starts executors when tasks wait, and ends those that are idle
 */
record Cluster(boolean isLocal, int executors, int coresPerExecutor, boolean comeAndGo) {
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
      return new Cluster(true, 1, cores, false);
    }
    int executors = Math.max(1, context.statusTracker().getExecutorInfos().length - 1);
    ResourceProfile standard = context.resourceProfileManager().defaultResourceProfile();
    int cpusPerTask = context.conf().getInt("spark.task.cpus", 1);
    int cores = context.maxNumConcurrentTasks(standard) * cpusPerTask / executors;
    boolean comeAndGo = context.conf().getBoolean("spark.dynamicAllocation.enabled", false);
    return new Cluster(false, executors, Math.max(1, cores), comeAndGo);
  }

  /** Cores that each of so many replicas can have. */
  int coresPerReplica(int replicas) {
    int replicasPerExecutor = (replicas + executors - 1) / executors;
    return Math.max(1, coresPerExecutor / replicasPerExecutor);
  }

  /**
   * A profile under which a task takes so many cores; null where Spark has none or one core does,
   * and where executors come and go: there Spark starts executors for each profile, which wait
   * forever for the cores of those that keep the packed rows.
   */
  static ResourceProfile profile(Cluster cluster, int coresPerTask) {
    if (cluster.isLocal() || coresPerTask == 1 || cluster.comeAndGo()) {
      return null;
    }
    return new ResourceProfileBuilder()
        .require(new TaskResourceRequests().cpus(coresPerTask))
        .build();
  }
}
