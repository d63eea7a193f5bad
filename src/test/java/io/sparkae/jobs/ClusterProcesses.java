package io.sparkae.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of a cluster that {@code jobs/cluster} has started, and those that they have.
 *
 * @param folder of the cluster
 */
record ClusterProcesses(Path folder) {
  static final String MASTER = "org.apache.spark.deploy.master.Master";
  static final String WORKER = "org.apache.spark.deploy.worker.Worker";
  static final String DRIVER = "org.apache.spark.deploy.worker.DriverWrapper";
  static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

  /** What each of them has in its environment. */
  String mark() {
    return "SPARKAE_CLUSTER=" + folder;
  }

  /** All that still run. */
  List<ProcessHandle> all() {
    return ProcessHandle.allProcesses()
        .filter(process -> words(process, "environ").contains(mark()))
        .toList();
  }

  /** Those whose command line has all of these words. */
  List<ProcessHandle> with(String... words) {
    return all().stream()
        .filter(process -> words(process, "cmdline").containsAll(List.of(words)))
        .toList();
  }

  /** What {@code /proc} has of a process; nothing if it has ended. */
  static List<String> words(ProcessHandle process, String file) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), file));
      return Stream.of(new String(words, StandardCharsets.UTF_8).split("\0")).toList();
    } catch (IOException ended) {
      return List.of();
    }
  }

  /** Whether a process was stopped by a signal, and stands still until it gets another. */
  static boolean isStopped(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).startsWith(" T ");
    } catch (IOException ended) {
      return false;
    }
  }
}
