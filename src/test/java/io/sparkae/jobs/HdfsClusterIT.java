package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings on a standalone cluster with all that they read and write on HDFS, whose data nodes
 * come and go.
 */
@ExtendWith(SharedCluster.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@Tag("long")
class HdfsClusterIT {
  /** 16 rounds, with a checkpoint of each. */
  private static final String TRAIN =
      "train --hidden-layers 100 --code-size 20 --epochs 4 --batch-size 50 --steps-per-round 10"
          + " --checkpoint-interval 1 --no-report --replicas 2 --micro-batches 2";

  private static final int ROUNDS = 16;

  @TempDir private static Path folder;
  private static TestCluster cluster;
  private static MiniHdfs hdfs;
  private static List<String> undisturbed;

  @BeforeAll
  static void trainHere(TestCluster shared) throws IOException {
    cluster = shared;
    TestCluster.endSession();
    hdfs = MiniHdfs.start(folder, 2);
    String table = folder.resolve("table").toString();
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 2000, 2).write().parquet(table);
    LocalSpark.session().read().parquet(table).write().parquet(hdfs.uri("/in/table"));
    String model = folder.resolve("model").toString();
    Run run = Run.of((TRAIN + " --input " + table + " --output " + model).split(" "));
    assertThat(run.code()).as(run.err()).isZero();
    undisturbed = SavedWeights.of(model);
  }

  @AfterAll
  static void stop() throws IOException {
    TestCluster.endSession();
    hdfs.close();
  }

  @AfterEach
  void restart() throws IOException {
    hdfs.restart();
  }

  private static String training(String output) {
    return TRAIN
        + " --input "
        + hdfs.uri("/in/table")
        + " --output "
        + hdfs.uri(output)
        + impatient();
  }

  private static String impatient() {
    return MiniHdfs.IMPATIENT.entrySet().stream()
        .map(entry -> " --conf spark.hadoop." + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining());
  }

  private static void assertModel(Run run, String output) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(SavedWeights.of(hdfs.uri(output))).isEqualTo(undisturbed);
    assertThat(hdfs.names(output.substring(0, output.lastIndexOf('/')))).containsExactly("model");
  }

  /** Starts a training and waits for some checkpoints. */
  private static Shell.Running underWay(String output) throws IOException {
    Shell.Running command = cluster.command(folder, training(output));
    String checkpoints = output.replace("/model", "/_model-checkpoints");
    TestCluster.await(
        "the training is under way",
        () -> hdfs.newestCheckpoint(checkpoints) >= 3 || !command.process().isAlive());
    return command;
  }

  @Test
  void aTrainingWhoseDriverIsOnTheClusterLeavesTheModelOfOneJvm()
      throws IOException, InterruptedException {
    Run run = cluster.commandInside(folder, training("/inside/model")).end();
    assertModel(run, "/inside/model");
    assertThat(run.err()).containsPattern("driver-[-0-9]+ ended FINISHED");
  }

  @Test
  void aDataNodeThatIsLostChangesNoBit() throws IOException, InterruptedException {
    Shell.Running command = underWay("/one/model");
    hdfs.stopDataNode();
    assertThat(hdfs.newestCheckpoint("/one/_model-checkpoints")).isBetween(3, ROUNDS - 1);
    assertModel(command.end(), "/one/model");
  }

  @Test
  void withoutDataNodesTheTrainingEndsInALineAndGoesOnWhenTheyAreBack()
      throws IOException, InterruptedException {
    Shell.Running command = underWay("/all/model");
    hdfs.stopDataNode();
    hdfs.stopDataNode();
    int last = hdfs.newestCheckpoint("/all/_model-checkpoints");
    assertThat(last).isBetween(3, ROUNDS - 1);
    Run run = command.end();
    assertCheckpointsAreTold(run, " has the newest checkpoints: ");
    assertNotWritten(run, "train", "/all/model", "datanode");
    goesOn("/all");
  }

  private static void assertCheckpointsAreTold(Run run, String how) {
    assertThat(run.err())
        .contains("a checkpoint could not be written, the training goes on: ")
        .contains("_model-checkpoints" + how)
        .contains("the same command with --resume goes on from");
  }

  private static void assertNotWritten(Run run, String command, String output, String why) {
    assertThat(run.code()).as(run.err()).isEqualTo(Main.FAILURE);
    String line = command + ": " + hdfs.uri(output) + " could not be written: ";
    assertThat(run.err()).containsPattern("(?m)^sparkae " + line + ".*" + why + ".*$");
  }

  /** With all nodes again. */
  private static void goesOn(String parent) throws IOException, InterruptedException {
    String output = parent + "/model";
    hdfs.restart();
    assertThat(hdfs.names(parent)).containsExactly("_model-checkpoints");
    Run again = cluster.command(folder, training(output) + " --resume").end();
    assertThat(again.err()).contains("going on after ");
    assertModel(again, output);
  }

  @Test
  void withoutANameNodeTheTrainingEndsInALineAndGoesOnWhenItIsBack()
      throws IOException, InterruptedException {
    Shell.Running command = underWay("/name/model");
    hdfs.stopNameNode();
    Run run = command.end();
    assertCheckpointsAreTold(run, " cannot be looked at (Connection refused): ");
    assertNotWritten(run, "train", "/name/model", "Connection refused");
    goesOn("/name");
  }

  @Test
  void codesThatAQuotaDoesNotHoldLeaveNothing() throws IOException, InterruptedException {
    hdfs.limit("/small", 1);
    Run full = encode("/small/codes");
    assertNotWritten(full, "encode", "/small/codes", "The DiskSpace quota of /small is exceeded");
    assertThat(hdfs.names("/small")).isEmpty();
    hdfs.limit("/small", HdfsConstants.QUOTA_RESET);
    assertCodes("/small/codes");
  }

  @Test
  void codesThatNoDataNodeTakesLeaveNothing() throws IOException, InterruptedException {
    hdfs.limit("/away", HdfsConstants.QUOTA_RESET);
    hdfs.stopDataNode();
    hdfs.stopDataNode();
    assertNotWritten(encode("/away/codes"), "encode", "/away/codes", "datanode");
    assertThat(hdfs.names("/away")).isEmpty();
    hdfs.restart();
    assertCodes("/away/codes");
  }

  private static Run encode(String output) throws IOException, InterruptedException {
    return cluster.command(folder, encoding(hdfs.uri(output)) + impatient()).end();
  }

  /** Of rows and with a model that are not on HDFS. */
  private static String encoding(String output) {
    return "encode --input " + folder + "/table --model " + folder + "/model --output " + output;
  }

  private static void assertCodes(String output) throws IOException, InterruptedException {
    Run there = encode(output);
    assertThat(there.code()).as(there.err()).isZero();
    Path codes = Files.createTempDirectory(folder, "codes").resolve("here");
    Run here = Run.of(encoding(codes.toString()).split(" "));
    assertThat(here.code()).as(here.err()).isZero();
    assertThat(SortedRows.of(hdfs.uri(output)))
        .hasSize(2000)
        .isEqualTo(SortedRows.of(codes.toString()));
  }
}
