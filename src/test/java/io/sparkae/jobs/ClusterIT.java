package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands of the README on a standalone cluster of two workers: they work as they are written,
 * but on fewer rows, and every way to submit leaves the bits of one JVM.
 */
class ClusterIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What replicas on executors of two cores do by themselves. */
  private static final String AS_ON_THE_CLUSTER = " --replicas 2 --micro-batches 2";

  @TempDir private static Path folder;
  private static Shell shell;
  private static String master;
  private static String train;

  /** Starts the cluster, draws the rows and trains in client mode, as the README tells. */
  @BeforeAll
  static void runTheReadme() throws IOException, InterruptedException {
    shell = new Shell(folder.toRealPath());
    Build.jobJar();
    Files.createSymbolicLink(folder.resolve("jobs"), Path.of("jobs").toAbsolutePath());
    Files.createDirectory(folder.resolve("events"));
    List<String> commands = commands();
    assertThat(commands).hasSize(5);
    Run start =
        shell.run(
            commands.get(0).replace("cluster start", "cluster start --folder cluster")
                + "; echo $master");
    assertThat(start.code()).as(start.err()).isZero();
    master = start.out().strip();
    train = commands.get(2).replace("--epochs 5", "--epochs 2 --batch-size 100 --no-report");
    succeed(commands.get(1).replace("--rows 10000", "--rows 500"));
    succeed(
        train
            + " --conf spark.eventLog.enabled=true --conf spark.eventLog.compress=false"
            + " --conf spark.eventLog.dir="
            + Shell.quoted(folder.resolve("events").toUri()));
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    Run stop = shell.run("jobs/cluster stop --folder cluster");
    assertThat(stop.code()).as(stop.err()).isZero();
  }

  /** The commands of the first block under the heading, continued lines joined. */
  private static List<String> commands() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## On a cluster\n"));
    return section
        .split("```")[1]
        .replace("\\\n", " ")
        .lines()
        .filter(line -> line.contains("jobs/"))
        .toList();
  }

  private static Run run(String command) throws IOException, InterruptedException {
    return shell.run("master=" + Shell.quoted(master) + "; " + command);
  }

  private static Run succeed(String command) throws IOException, InterruptedException {
    Run run = run(command);
    assertThat(run.code()).as("%s: %s", command, run.err()).isZero();
    return run;
  }

  private static float[] parameters(String model) {
    String path = folder.resolve(model).toString();
    return ((TrainedModel) DefaultParamsReader.loadParamsInstance(path, LocalSpark.session()))
        .parameters(); // local[2]
  }

  /** The same training in this JVM. */
  private static float[] trainHere(String output) {
    return trainHere(train, output);
  }

  private static float[] trainHere(String training, String output) {
    LocalSpark.session();
    String options = training.replaceFirst("^\\S+ ", "").replaceFirst(" --master .*", "");
    String[] words =
        (options.replace("out/on-cluster", output) + AS_ON_THE_CLUSTER)
            .strip()
            .replace(" out/", " " + folder.resolve("out") + "/")
            .split("\\s+");
    Run run = Run.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    return parameters(output);
  }

  @Test
  void twoExecutorsLeaveTheBitsOfOneJvm() {
    assertThat(parameters("out/on-cluster")).isEqualTo(trainHere("out/here"));
  }

  /** Models that draw at random, and those of several players. */
  @ParameterizedTest
  @CsvSource({
    "variationalAutoencoder, --hidden-layers 20 --binarization stochastic --importance-samples 3",
    "adversarialAutoencoder, --hidden-layers 20 --label-col label",
    "generativeAdversarialNetwork, --discriminator-dropout 0.3",
  })
  void modelsThatDrawLeaveTheBitsOfOneJvmToo(String model, String options)
      throws IOException, InterruptedException {
    String training =
        train
            .replaceFirst("--hidden-layers \\S+", "")
            .replaceFirst("--code-size \\S+", "--code-size 2")
            .replaceFirst(" --master ", " --model " + model + " " + options + " --master ");
    succeed(training.replace("out/on-cluster", "out/" + model));
    assertThat(parameters("out/" + model)).isEqualTo(trainHere(training, "out/" + model + "-here"));
  }

  /** Rows that a model of distributions draws, completes and measures are the same twice. */
  @Test
  void drawnAndRestoredRowsAreTheSameTwice() throws IOException, InterruptedException {
    succeed(
        train
            .replaceFirst("--hidden-layers \\S+", "--hidden-layers 20")
            .replaceFirst("--code-size \\S+", "--code-size 2")
            .replaceFirst(" --master ", " --model variationalAutoencoder --master ")
            .replace("out/on-cluster", "out/drawing"));
    String damaged = "damage --input out/digits --output out/damaged --missing 0.3 --rows 40";
    succeed("jobs/sparkae " + damaged + " --master $master");
    assertSameRows("sample --model out/drawing --rows 100 --output out/samples");
    assertSameRows(
        "restore --model out/drawing --input out/damaged --like out/digits --starts 4 --steps 5"
            + " --truth-col original --output out/restored");
    String evaluate =
        "evaluate --model out/drawing --input out/digits --likelihood-samples 20 --json";
    JsonNode there = succeed("jobs/sparkae " + evaluate + " --master $master").json();
    JsonNode here = Run.of(words(evaluate)).json();
    for (String figure : List.of("negativeLogLikelihood", "negativeElbo", "kl", "activeUnits")) {
      assertThat(there.get(figure).asDouble())
          .as(figure)
          .isCloseTo(here.get(figure).asDouble(), within(1e-3));
    }
  }

  private static String[] words(String command) {
    return command.replace(" out/", " " + folder.resolve("out") + "/").split(" ");
  }

  /**
   * Runs a command on the cluster, twice, to the same bits, and here, where other batches round
   * otherwise.
   */
  private static void assertSameRows(String command) throws IOException, InterruptedException {
    String output = command.substring(command.lastIndexOf(' ') + 1);
    for (String run : List.of("-first", "-second")) {
      succeed("jobs/sparkae " + command + run + " --master $master");
    }
    Run here = Run.of(words(command + "-here"));
    assertThat(here.code()).as(here.err()).isZero();
    List<Row> rows = rows(output + "-first");
    assertThat(rows(output + "-second")).isEqualTo(rows);
    List<Row> others = rows(output + "-here");
    assertThat(others).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < rows.get(i).size(); column++) {
        if (rows.get(i).get(column) instanceof Vector vector) {
          assertThat(others.get(i).<Vector>getAs(column).toArray())
              .containsExactly(vector.toArray(), within(1e-3));
        } else {
          assertThat(others.get(i).get(column)).isEqualTo(rows.get(i).get(column));
        }
      }
    }
  }

  private static List<Row> rows(String output) {
    return SortedRows.of(folder.resolve(output).resolve("rows").toString());
  }

  @Test
  void oneTaskOfARoundFillsAnExecutor() throws IOException {
    List<JsonNode> events = events();
    Map<Integer, List<String>> executors =
        events.stream()
            .filter(event -> event.path("Event").asText().equals("SparkListenerTaskEnd"))
            .collect(
                Collectors.groupingBy(
                    event -> event.path("Stage ID").asInt(),
                    Collectors.mapping(
                        event -> event.path("Task Info").path("Executor ID").asText(),
                        Collectors.toList())));
    Map<Integer, Integer> cores =
        events.stream()
            .filter(event -> event.path("Event").asText().endsWith("ResourceProfileAdded"))
            .collect(
                Collectors.toMap(
                    event -> event.path("Resource Profile Id").asInt(),
                    event ->
                        event.path("Task Resource Requests").path("cpus").path("Amount").asInt()));
    List<JsonNode> rounds =
        events.stream()
            .filter(event -> event.path("Event").asText().equals("SparkListenerStageSubmitted"))
            .filter(event -> description(event).matches("sparkae: epoch \\d+/2 round .*"))
            .toList();
    assertThat(rounds).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode round : rounds) {
      JsonNode stage = round.path("Stage Info");
      assertThat(executors.get(stage.path("Stage ID").asInt()))
          .as(description(round))
          .containsExactlyInAnyOrder("0", "1");
      assertThat(cores.get(stage.path("Resource Profile Id").asInt())).isEqualTo(2);
    }
  }

  private static String description(JsonNode event) {
    return event.path("Properties").path("spark.job.description").asText();
  }

  private static boolean isEventLog(Path file) {
    return Files.isRegularFile(file) && file.getFileName().toString().startsWith("events_");
  }

  private static List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("events"))) {
      for (Path file : files.filter(ClusterIT::isEventLog).toList()) {
        for (String line : Files.readAllLines(file)) {
          events.add(JSON.readTree(line));
        }
      }
    }
    return events;
  }

  @Test
  void aPlainSubmissionOfTheJobJarLeavesTheSameBits() throws IOException, InterruptedException {
    String submission =
        "cluster/spark/bin/spark-submit --master $master --total-executor-cores 4"
            + " --class io.sparkae.jobs.Main "
            + Shell.quoted(Build.jobJar())
            + train.substring(train.indexOf(" train ")).replaceFirst(" --master .*", "");
    succeed(submission.replace("out/on-cluster", "out/plain"));
    assertThat(parameters("out/plain")).isEqualTo(parameters("out/on-cluster"));
  }

  @Test
  void clusterDeployModeReadsRelativePathsAndPrintsResults()
      throws IOException, InterruptedException {
    Run run = succeed(commands().get(3));
    assertThat(run.json().path("rows").asInt()).isEqualTo(500);
    assertThat(run.err()).containsPattern("driver-[-0-9]+ ended FINISHED");
  }

  @Test
  void aDriverThatFailsInClusterDeployModeEndsTheSubmissionWithOne()
      throws IOException, InterruptedException {
    Run run = run(commands().get(3).replace("out/digits", "out/nothing"));
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("sparkae evaluate: --input out/nothing does not exist")
        .containsPattern("driver-[-0-9]+ ended FAILED");
  }

  @Test
  void aSecondStartIsOneLineAndStatusTellsOfTheWorkers() throws IOException, InterruptedException {
    Run second = shell.run("jobs/cluster start --folder cluster");
    assertThat(second)
        .isEqualTo(
            new Run(
                Main.USAGE,
                "",
                "jobs/cluster: a cluster runs already at "
                    + master
                    + ": jobs/cluster stop --folder cluster ends it\n"));
    Run status = shell.run("jobs/cluster status --folder cluster");
    assertThat(status.code()).isZero();
    assertThat(status.out()).startsWith(master + ", http://").contains(": 2 workers, ");
  }
}
