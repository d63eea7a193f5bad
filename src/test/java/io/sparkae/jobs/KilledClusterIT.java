package io.sparkae.jobs;

import static io.sparkae.jobs.ClusterProcesses.DRIVER;
import static io.sparkae.jobs.ClusterProcesses.EXECUTOR;
import static io.sparkae.jobs.ClusterProcesses.MASTER;
import static io.sparkae.jobs.ClusterProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose processes were killed without a warning: nothing of them stays. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KilledClusterIT {
  @TempDir private Path folder;
  private Path cluster;
  private Shell shell;
  private ClusterProcesses processes;

  @BeforeEach
  void nameTheFolder() throws IOException {
    Build.jobJar();
    shell = new Shell(folder.toRealPath());
    cluster = folder.toRealPath().resolve("a cluster");
    processes = new ClusterProcesses(cluster);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    cluster("stop");
  }

  private Run cluster(String command) throws IOException, InterruptedException {
    return shell.run(script(command));
  }

  private String script(String command) {
    return Shell.script("cluster") + " " + command + " --folder " + Shell.quoted(cluster);
  }

  /** A cluster of one worker on which a driver and its executor run. */
  private String startBusy() throws IOException, InterruptedException {
    Run start = cluster("start --workers 1 --cores 2 --memory 3g");
    assertThat(start.code()).as(start.err()).isZero();
    String master = start.out().strip();
    String submission =
        Shell.script("sparkae")
            + " generate --set digits --rows 100000000 --partitions 10000 --output rows --master "
            + master
            + " --deploy-mode cluster --driver-memory 1g";
    Shell.Running submitted = shell.start(submission);
    while (processes.with(EXECUTOR).isEmpty()) {
      assertThat(submitted.process().isAlive()).as("the submission goes on").isTrue();
      Thread.onSpinWait();
    }
    return master;
  }

  private static void kill(List<ProcessHandle> processes) {
    assertThat(processes).hasSize(1);
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  private static void assertClosed(String url) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 1000);
      throw new AssertionError(url + " still answers");
    } catch (ConnectException expected) {
      assertThat(expected).isNotNull();
    }
  }

  @Test
  void stopTakesAwayDriverAndExecutorOfAKilledMasterAndWorker()
      throws IOException, InterruptedException {
    String master = startBusy();
    assertThat(processes.with(DRIVER)).hasSize(1);
    Path log = cluster.resolve("logs/master.log");
    Process watcher =
        new ProcessBuilder("tail", "-f", log.toString()).redirectErrorStream(true).start();
    kill(processes.with(MASTER));
    kill(processes.with(WORKER));
    assertThat(cluster("status"))
        .satisfies(
            status -> {
              assertThat(status.code()).isEqualTo(Main.FAILURE);
              assertThat(status.err()).startsWith("jobs/cluster: a broken cluster");
            });

    Run stop = cluster("stop");
    assertThat(stop).isEqualTo(new Run(0, "", ""));
    assertThat(processes.all()).isEmpty();
    assertThat(cluster).doesNotExist();
    assertClosed(master);
    assertThat(watcher.isAlive()).as("a process that only knows the folder").isTrue();
    watcher.destroy();
  }

  @Test
  void startClearsAwayWhatAKilledClusterAndAKilledStartLeft()
      throws IOException, InterruptedException {
    Shell.Running launcher = shell.start("exec " + script("start --workers 1"));
    while (processes.with(MASTER).isEmpty()) {
      assertThat(launcher.process().isAlive()).as("the start goes on").isTrue();
      Thread.onSpinWait();
    }
    launcher.process().destroyForcibly().waitFor();
    List<ProcessHandle> before = processes.all();
    assertThat(before).isNotEmpty();

    Run again = cluster("start --workers 1 --memory 1g");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).startsWith("jobs/cluster: clearing away what an earlier cluster left");
    assertThat(before).noneMatch(ProcessHandle::isAlive);
    assertThat(processes.with(MASTER)).hasSize(1);
    assertThat(processes.with(WORKER)).hasSize(1);
    assertThat(cluster("status").code()).isZero();
  }

  private static void awaitWhileItRuns(
      Shell.Running command, String what, BooleanSupplier condition) {
    TestCluster.await(what, () -> condition.getAsBoolean() || !command.process().isAlive());
    assertThat(command.process().isAlive()).as("the command goes on, with " + what).isTrue();
  }

  private static String said(Shell.Running command) {
    try {
      return Files.readString(command.err());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCommandWhoseMasterIsKilledSaysThatItWaits() throws IOException, InterruptedException {
    Run start = cluster("start --workers 1 --cores 1 --memory 2g");
    assertThat(start.code()).as(start.err()).isZero();
    Shell.Running drawing =
        shell.start(
            "exec "
                + Shell.script("sparkae")
                + " generate --set digits --rows 100000000 --partitions 10000 --output rows --master "
                + start.out().strip());
    try {
      awaitWhileItRuns(drawing, "an executor", () -> !processes.with(EXECUTOR).isEmpty());
      kill(processes.with(MASTER));
      awaitWhileItRuns(
          drawing,
          "a warning",
          () -> said(drawing).contains("warning: Disconnected from Spark cluster"));
    } finally {
      drawing.process().destroy();
    }
    drawing.end();
    assertThat(said(drawing)).contains("sparkae generate: interrupted");
  }
}
