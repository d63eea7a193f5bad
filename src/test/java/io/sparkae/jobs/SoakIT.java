package io.sparkae.jobs;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.StackedAutoencoder;
import io.sparkae.spark.Tables;
import java.io.File;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings one after the other, for {@code -Dsparkae.soak.minutes=…}, with executors that are
 * killed at random moments: nothing grows, nothing is left over, and each ends as the first.
 */
@Tag("long")
@Timeout(value = 1, unit = TimeUnit.DAYS)
class SoakIT {
  private static final int MINUTES = Integer.getInteger("sparkae.soak.minutes", 8);

  /** Seconds between two kills: at least, and how many more at most. */
  private static final int LEAST_PAUSE = 60;

  private static final int MORE_PAUSE = 180;

  /** What heaps and processes may differ by for reasons of their own. */
  private static final double NOISE = 16 << 20;

  /** The older first. */
  private static final Comparator<ProcessHandle> BY_AGE =
      Comparator.comparing(process -> process.info().startInstant().orElse(Instant.MIN));

  /** What is measured, a line for each training, and how it ended: seen while it runs. */
  private static final Path FIGURES = Path.of("target", "soak.txt");

  @TempDir private Path folder;

  /**
   * What there is after a training.
   *
   * @param heap bytes of the driver's heap that are in use after a collection
   * @param offHeap bytes of the driver's classes and buffers; the JVM bounds what it compiles,
   *     which grows for an hour
   * @param executorHeap bytes of the heap in use, after a collection, of the executor that is there
   *     all the time
   * @param executors bytes of memory of the larger of the executors' processes, whose heaps are all
   *     taken from the start
   * @param threads of the driver and the executors
   * @param blocks that Spark's block managers keep, broadcasts among them
   * @param open files and sockets of the driver and the executors, deleted files among them
   * @param scratch files of the driver and of the executors that run
   * @param checkpoints that are still there
   */
  private record Sample(
      long heap,
      long offHeap,
      long executorHeap,
      long executors,
      long threads,
      long blocks,
      long open,
      long scratch,
      long checkpoints) {}

  private static StackedAutoencoder stack(Path checkpoints) {
    return new StackedAutoencoder()
        .setHiddenLayers(new int[] {64})
        .setCodeSize(8)
        .setActivation("sigmoid")
        .setEpochs(6)
        .setBatchSize(50)
        .setStepsPerRound(4)
        .setReplicas(2)
        .setMicroBatches(2)
        .setValidationFraction(0.1)
        .setCheckpointDir(checkpoints.toString())
        .setCheckpointInterval(5);
  }

  /** Kills the younger one, so that the other is there from the first to the last training. */
  private static boolean kill(TestCluster cluster, SparkSession spark) {
    List<ProcessHandle> executors = cluster.executors();
    if (executors.size() < 2 || TestCluster.executors(spark) < 2) { // one is on its way
      return false;
    }
    return executors.stream().max(BY_AGE).orElseThrow().destroyForcibly();
  }

  /** The executors'. */
  private static Path scratch(TestCluster cluster) {
    return cluster.folder().resolve("tmp");
  }

  /** Those of executors that were killed, too. */
  private static long filesOfAll(TestCluster cluster) {
    return list(scratch(cluster).toFile(), "spark-").stream()
        .mapToLong(application -> files(application.toPath()))
        .sum();
  }

  /** What an executor that was killed has left stays in its worker's folder while Spark runs. */
  private static long filesOfRunning(TestCluster cluster) {
    long count = 0;
    for (File application : list(scratch(cluster).toFile(), "spark-")) {
      for (File executors : list(application, "executor-")) { // of one worker, one after the other
        count +=
            list(executors, "blockmgr-").stream()
                .max(Comparator.comparingLong(File::lastModified))
                .map(newest -> files(newest.toPath()))
                .orElse(0L);
      }
    }
    return count;
  }

  private static List<File> list(File folder, String prefix) {
    File[] files = folder.listFiles((parent, name) -> name.startsWith(prefix));
    return files == null ? List.of() : List.of(files);
  }

  /** The driver's. */
  private Path scratch() {
    return folder.resolve("scratch");
  }

  /** Kills until it is interrupted; how often it did. */
  private static int killNowAndThen(TestCluster cluster, SparkSession spark) {
    Random random = Seed.random("soak");
    int kills = 0;
    while (true) {
      LockSupport.parkNanos(Duration.ofSeconds(LEAST_PAUSE + random.nextInt(MORE_PAUSE)).toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return kills;
      }
      kills += kill(cluster, spark) ? 1 : 0;
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) { // Spark's cleaner drops what the first has found
      System.gc();
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long offHeap() {
    long classes =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .mapToLong(pool -> pool.getUsage().getUsed())
            .sum();
    assertThat(classes).isPositive();
    return classes
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }

  /** Files in folders and in those inside them; others may delete them meanwhile. */
  private static long files(Path... folders) {
    long count = 0;
    for (Path folder : folders) {
      File[] files = folder.toFile().listFiles();
      for (File file : files == null ? new File[0] : files) {
        count += file.isDirectory() ? files(file.toPath()) : 1;
      }
    }
    return count;
  }

  private Sample sample(TestCluster cluster, Path checkpoints)
      throws IOException, InterruptedException {
    long heap = heap();
    var managers = SparkEnv.get().blockManager().master().getStorageStatus();
    long blocks = 0;
    for (int i = 0; i < managers.length; i++) {
      blocks += managers[i].blocks().size();
    }
    ProcessFigures driver = new ProcessFigures(ProcessHandle.current());
    List<ProcessFigures> executors =
        cluster.executors().stream().sorted(BY_AGE).map(ProcessFigures::new).toList();
    return new Sample(
        heap,
        offHeap(),
        executors.get(0).heap(new Shell(folder)),
        executors.stream().mapToLong(ProcessFigures::memory).max().orElse(0),
        driver.threads() + executors.stream().mapToLong(ProcessFigures::threads).sum(),
        blocks,
        driver.open() + executors.stream().mapToLong(ProcessFigures::open).sum(),
        files(scratch()) + filesOfRunning(cluster),
        files(checkpoints));
  }

  /** The median of a part of the samples, a quarter each: 0 is the first and 3 the last. */
  private static double quarter(List<Sample> samples, int part, ToLongFunction<Sample> of) {
    int from = samples.size() * part / 4;
    int to = Math.max(from + 1, samples.size() * (part + 1) / 4);
    long[] values = samples.subList(from, to).stream().mapToLong(of).sorted().toArray();
    return values[values.length / 2];
  }

  private static void assertNoGrowth(
      List<Sample> samples, String what, double noise, ToLongFunction<Sample> of)
      throws IOException {
    tell(
        String.format(
            "%s, medians of the first and the last quarter: %.0f, %.0f",
            what, quarter(samples, 0, of), quarter(samples, 3, of)));
    assertThat(quarter(samples, 3, of))
        .as("%s in the last quarter", what)
        .isLessThan(quarter(samples, 0, of) + noise);
  }

  private static void tell(String line) throws IOException {
    Files.writeString(FIGURES, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Every second training's replicas average by a shuffle, which changes no bit. */
  private static void chooseAveraging(SparkSession spark, int training) {
    spark
        .sparkContext()
        .conf()
        .set("spark.sparkae.averagingReplicas", training % 2 == 0 ? "4" : "2");
  }

  @Test
  void nothingGrowsAndNothingIsLeftOver() throws IOException, InterruptedException {
    Files.deleteIfExists(FIGURES);
    try {
      soak();
      tell("passed");
    } catch (Throwable failure) {
      tell("failed: " + failure);
      throw failure;
    }
  }

  private void soak() throws IOException, InterruptedException {
    try (TestCluster cluster = TestCluster.start()) {
      SparkSession spark =
          cluster.session(
              Map.of( // what Spark keeps of the past comes to its end within the first quarter
                  "spark.ui.retainedJobs", "20",
                  "spark.ui.retainedStages", "20",
                  "spark.ui.retainedTasks", "100",
                  "spark.sql.ui.retainedExecutions", "10",
                  "spark.ui.retainedDeadExecutors", "2",
                  "spark.local.dir", scratch().toString(),
                  "spark.memory.fraction", "0.001", // rows lie on disk
                  "spark.executor.extraJavaOptions",
                      TestCluster.EXECUTOR_OPTIONS + " -Xms512m -XX:+AlwaysPreTouch"));
      Path checkpoints = folder.resolve("checkpoints");
      Dataset<Row> table = Tables.vectors(spark, Tables.lowRank(3, 4000, 40), 3);
      float[] first = stack(checkpoints).fit(table).parameters();
      int[] kills = {0};
      Thread killer = new Thread(() -> kills[0] = killNowAndThen(cluster, spark), "killer");
      killer.setDaemon(true);
      killer.start();
      List<Sample> samples = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
      try {
        while (System.nanoTime() < end || samples.size() < 8) {
          chooseAveraging(spark, samples.size());
          AutoencoderModel model = stack(checkpoints).fit(table);
          assertSameBits("training " + samples.size(), model.parameters(), first);
          assertThat(model.transform(table).count()).isEqualTo(4000);
          samples.add(sample(cluster, checkpoints));
          tell(samples.size() + ": " + last(samples));
        }
      } finally {
        killer.interrupt();
        killer.join();
      }
      tell(samples.size() + " trainings, " + kills[0] + " kills");
      assertThat(kills[0]).isGreaterThanOrEqualTo(MINUTES / 5);
      assertNoGrowth(samples, "heap of the driver", NOISE, Sample::heap);
      assertNoGrowth(samples, "classes and buffers of the driver", NOISE, Sample::offHeap);
      assertNoGrowth(samples, "heap of an executor", NOISE, Sample::executorHeap);
      assertNoGrowth(samples, "memory of an executor", NOISE, Sample::executors);
      assertNoGrowth(samples, "threads", 24, Sample::threads);
      assertNoGrowth(samples, "open files", 16, Sample::open);
      assertNoGrowth(samples, "scratch files", 8, Sample::scratch);
      assertThat(quarter(samples, 3, Sample::blocks)).as("blocks").isZero();
      assertThat(last(samples).checkpoints()).as("checkpoints").isEqualTo(2);
      assertThat(spark.sparkContext().getRDDStorageInfo()).as("cached rows").isEmpty();
      TestCluster.endSession();
      TestCluster.await("files of executors are deleted", () -> filesOfAll(cluster) == 0);
      assertThat(files(scratch(cluster)))
          .as("native libraries that killed executors have unpacked")
          .isLessThanOrEqualTo(4L * (kills[0] + 2));
    }
  }

  private static Sample last(List<Sample> samples) {
    return samples.get(samples.size() - 1);
  }
}
