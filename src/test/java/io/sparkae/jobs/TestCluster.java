package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A standalone cluster of JVMs of their own whose driver is this JVM, so that a test sees both
 * sides. Each worker has two cores for one executor.
 */
final class TestCluster implements AutoCloseable {
  /** The name under which a second machine joins. */
  static final String OTHER_HOST = "127.0.0.2";

  /** Of the executors' JVMs, which have 512 MB of heap. */
  static final String EXECUTOR_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CORES = "2";

  private final Shell shell;
  private final Path folder;
  private final String master;
  private final ClusterProcesses processes;
  private final List<Process> added = new ArrayList<>();

  private TestCluster(Shell shell, Path folder, String master) {
    this.shell = shell;
    this.folder = folder;
    this.master = master;
    this.processes = new ClusterProcesses(folder);
  }

  /** Starts a master and two workers. */
  static TestCluster start() throws IOException, InterruptedException {
    return start("", "");
  }

  /**
   * The same with options.
   *
   * @param options of {@code jobs/cluster start}, with blanks between them
   */
  static TestCluster startWith(String options) throws IOException, InterruptedException {
    return start("", options);
  }

  /**
   * The same with limits.
   *
   * @param limits the words of a {@code ulimit} that holds for all processes
   */
  static TestCluster startLimited(String limits) throws IOException, InterruptedException {
    return start("ulimit " + limits + "; ", "");
  }

  private static TestCluster start(String first, String options)
      throws IOException, InterruptedException {
    Build.jobJar();
    Path folder = Files.createTempDirectory("sparkae-cluster").toRealPath();
    Shell shell = new Shell(folder);
    Path cluster = folder.resolve("cluster");
    Run start =
        shell.run(
            first
                + Shell.script("cluster")
                + " start --workers 2 --cores "
                + CORES
                + " --memory 1g --folder "
                + Shell.quoted(cluster)
                + " "
                + options);
    assertThat(start.code()).as(start.err()).isZero();
    return new TestCluster(shell, cluster, start.out().strip());
  }

  /**
   * A session on the executors of two workers, in place of the one that this JVM has.
   *
   * @param settings which win over those that all have
   */
  SparkSession session(Map<String, String> settings) {
    endSession();
    List<ProcessHandle> workers = processes.with(ClusterProcesses.WORKER);
    for (int missing = workers.size(); missing < 2; missing++) { // a test has failed
      addWorker("127.0.0.1");
    }
    Map<String, String> all = new HashMap<>();
    all.put("spark.ui.enabled", "false");
    all.put("spark.driver.host", "localhost");
    all.put("spark.driver.bindAddress", "127.0.0.1");
    all.put("spark.cores.max", "4");
    all.put("spark.scheduler.minRegisteredResourcesRatio", "1");
    all.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "3m");
    all.put("spark.locality.wait", "0s");
    all.put("spark.executor.memory", "512m");
    all.put("spark.executor.extraClassPath", classesOfExecutors());
    all.put("spark.executor.extraJavaOptions", EXECUTOR_OPTIONS);
    all.put("spark.sql.shuffle.partitions", "2");
    all.putAll(settings);
    SparkSession.Builder builder = SparkSession.builder().master(master).appName("faults");
    all.forEach(builder::config);
    return builder.getOrCreate();
  }

  /**
   * Starts a command on the executors of two workers.
   *
   * @param where the folder it runs in
   * @param arguments with blanks between them
   */
  Shell.Running command(Path where, String arguments) throws IOException {
    return submit(
        where, arguments + " --driver-memory 1g --executor-memory 512m --total-executor-cores 4");
  }

  /**
   * Starts a command whose driver is on a worker, too, beside two executors of one core each.
   *
   * @param where the folder in which it is called
   * @param arguments with blanks between them
   */
  Shell.Running commandInside(Path where, String arguments) throws IOException {
    return submit(
        where,
        arguments
            + " --deploy-mode cluster --driver-memory 512m --executor-memory 512m"
            + " --executor-cores 1 --total-executor-cores 2");
  }

  private Shell.Running submit(Path where, String arguments) throws IOException {
    return new Shell(where)
        .start("exec " + Shell.script("sparkae") + " " + arguments + " --master " + master);
  }

  /** The processes of all executors. */
  List<ProcessHandle> executors() {
    return processes.with(ClusterProcesses.EXECUTOR);
  }

  /** The processes of drivers that are on a worker. */
  List<ProcessHandle> drivers() {
    return processes.with(ClusterProcesses.DRIVER);
  }

  /** Ends the session of this JVM, if it has one. */
  static void endSession() {
    if (SparkSession.getDefaultSession().nonEmpty()) {
      SparkSession.getDefaultSession().get().stop();
    }
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  /** Files of the cluster's processes. */
  Path folder() {
    return folder;
  }

  /** Has workers under two names, so that Spark takes them for two machines. */
  void standOnTwoHosts() {
    endSession();
    List<ProcessHandle> workers = processes.with(ClusterProcesses.WORKER);
    if (processes.with(ClusterProcesses.WORKER, OTHER_HOST).isEmpty()) {
      killWorker(workers.get(0));
      addWorker(OTHER_HOST);
    }
  }

  /** Our classes, those of the tests and the BLAS. */
  private static String classesOfExecutors() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(".jar") || entry.contains("bytedeco"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts another worker like those that are there. */
  void addWorker(String host) {
    ProcessHandle like = processes.with(ClusterProcesses.WORKER).get(0);
    List<String> command = new ArrayList<>(ClusterProcesses.words(like, "cmdline"));
    replace(command, "--host", host);
    replace(command, "--work-dir", folder.resolve("work/added-" + added.size()).toString());
    File log = folder.resolve("logs/added-" + added.size() + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    Map<String, String> environment = builder.environment();
    environment.clear();
    for (String variable : ClusterProcesses.words(like, "environ")) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    environment.put("SPARK_LOCAL_IP", host);
    try {
      added.add(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(List<String> command, String option, String value) {
    command.set(command.indexOf(option) + 1, value);
  }

  /** Kills a worker and its executors, as when their machine goes down. */
  static void killWorker(ProcessHandle worker) {
    List<ProcessHandle> machine = new ArrayList<>(List.of(worker));
    machine.addAll(worker.children().toList());
    machine.forEach(ProcessHandle::destroyForcibly);
  }

  /** Executors that the driver knows. */
  static int executors(SparkSession spark) {
    return spark.sparkContext().statusTracker().getExecutorInfos().length - 1;
  }

  /** Waits, three minutes at most, until something is so. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long: " + what).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() throws IOException {
    endSession();
    try {
      Run stop = shell.run(Shell.script("cluster") + " stop --folder " + Shell.quoted(folder));
      assertThat(stop.code()).as(stop.err()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try (Stream<Path> left = Files.walk(shell.folder())) {
      for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
