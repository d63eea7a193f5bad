package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster whose processes authenticate each other, and encrypt what they send and what
 * they put on disk.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@Tag("long")
class EncryptedClusterIT {
  private static final String PASSWORD = "password-" + UUID.randomUUID();
  private static final String KEY = "key-" + UUID.randomUUID();

  /** Given as the key is, under a name that says nothing of a secret. */
  private static final String NO_SECRET = "known-" + UUID.randomUUID();

  /** Replicas average by a shuffle, which goes through files. */
  private static final String TRAIN =
      "train --input table --hidden-layers 50 --code-size 5 --epochs 4 --batch-size 50"
          + " --steps-per-round 5 --checkpoint-interval 1 --replicas 2 --micro-batches 2";

  private static final String SHUFFLED = " --conf spark.sparkae.averagingReplicas=2";

  /** Packed rows have no room in memory. */
  private static final String ON_DISK = " --conf spark.memory.fraction=0.001";

  /** Four white pixels in packed rows that Java has serialised. */
  private static final String WHITE = "?\u0080\0\0".repeat(4);

  @TempDir private static Path folder;
  private static TestCluster cluster;
  private static Path settings;
  private static final List<Run> RUNS = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Files.createDirectory(folder.resolve("events"));
    settings =
        Files.write(
            folder.resolve("settings"),
            List.of(
                "spark.authenticate true",
                "spark.authenticate.secret " + PASSWORD,
                "spark.network.crypto.enabled true",
                "spark.io.encryption.enabled true",
                "spark.eventLog.enabled true",
                "spark.eventLog.compress false",
                "spark.eventLog.dir " + folder.resolve("events").toUri()));
    cluster = TestCluster.startWith("--properties-file " + settings);
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 1000, 2)
        .write()
        .parquet(folder.resolve("table").toString());
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  /** With the settings and a secret of a file system. */
  private static String secretly(String arguments) {
    return arguments
        + " --properties-file "
        + settings
        + " --conf spark.hadoop.fs.s3a.endpoint="
        + NO_SECRET
        + " --conf spark.hadoop.fs.s3a.secret.key="
        + KEY;
  }

  private static Run run(String arguments) throws IOException, InterruptedException {
    Run run = cluster.command(folder, secretly(arguments)).end();
    RUNS.add(run);
    return run;
  }

  private static void runHere(String arguments) {
    String words =
        arguments
            .replace(" table", " " + folder + "/table")
            .replace(" here", " " + folder + "/here");
    Run run = Run.of(words.split(" "));
    assertThat(run.code()).as(run.err()).isZero();
  }

  /** Trains on the cluster and takes a copy of a checkpoint, and of rows on disk. */
  private static void train(String output) throws IOException, InterruptedException {
    Shell.Running command =
        cluster.command(folder, secretly(TRAIN + SHUFFLED + ON_DISK + " --output " + output));
    Path checkpoints = folder.resolve("_" + output + "-checkpoints");
    TestCluster.await("a checkpoint", () -> hasCopied(checkpoints) || !command.process().isAlive());
    RUNS.add(command.end());
  }

  private static boolean hasCopied(Path checkpoints) {
    int newest = Newest.checkpoint(checkpoints);
    try {
      Files.copy(
          checkpoints.resolve(String.format("checkpoint-%08d", newest)),
          folder.resolve("checkpoint"),
          StandardCopyOption.REPLACE_EXISTING);
      Path rows = Files.createDirectories(folder.resolve("rows"));
      for (Path file : files(cluster.folder(), name -> name.startsWith("rdd_"))) {
        Files.copy(file, rows.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void modelsAndCodesAreThoseOfOneJvmAndNothingTellsTheSecrets()
      throws IOException, InterruptedException {
    train("there");
    run("encode --input table --model there --output there-codes");
    RUNS.add(
        cluster
            .commandInside(folder, secretly("evaluate --json --input table --model there"))
            .end());
    assertThat(RUNS).allSatisfy(run -> assertThat(run.code()).as(run.err()).isZero());
    Run failed = run("train --input nothing --output none");
    assertThat(failed.code()).as(failed.err()).isEqualTo(Main.USAGE);

    runHere(TRAIN + " --output here");
    runHere("encode --input table --model here --output here-codes");
    assertThat(SavedWeights.of(folder.resolve("there")))
        .isEqualTo(SavedWeights.of(folder.resolve("here")));
    assertThat(SortedRows.of(folder + "/there-codes"))
        .hasSize(1000)
        .isEqualTo(SortedRows.of(folder + "/here-codes"));

    assertThat(folder.resolve("checkpoint")).isNotEmptyFile();
    assertThat(folder.resolve("there/report.html")).isNotEmptyFile();
    assertThat(files(folder.resolve("rows"), name -> true))
        .hasSize(2)
        .allSatisfy(rows -> assertThat(Files.size(rows)).isGreaterThan(1000 * 4))
        .noneMatch(rows -> holds(rows, WHITE));
    assertThat(filesWith("\"spark.network.crypto.enabled\":\"true\"")).isNotEmpty();
    assertThat(filesWith(NO_SECRET)).as("the settings were told").isNotEmpty();
    assertThat(filesWith(PASSWORD)).isEmpty();
    assertThat(filesWith(KEY)).isEmpty();
  }

  @Test
  void aDriverWithAnotherSecretIsTurnedAway() throws IOException, InterruptedException {
    Path others =
        Files.writeString(
            folder.resolve("others"),
            Files.readString(settings).replace(PASSWORD, "another-" + UUID.randomUUID()));
    Run run =
        cluster.command(folder, TRAIN + " --output stranger --properties-file " + others).end();
    assertThat(run.code()).as(run.err()).isEqualTo(Main.FAILURE);
    assertThat(run.err().strip().lines().reduce((before, last) -> last))
        .hasValueSatisfying(
            last ->
                assertThat(last)
                    .startsWith("sparkae train: --master spark://")
                    .endsWith("such as another Spark or another spark.authenticate.secret"));
    assertThat(folder.resolve("stranger")).doesNotExist();
  }

  /** All that was written and has some words, but for the two files that tell the settings. */
  private static List<Path> filesWith(String words) throws IOException {
    List<Path> found = new ArrayList<>(files(folder, name -> true));
    found.addAll(files(cluster.folder(), name -> !name.equals("spark-defaults.conf")));
    found.remove(settings);
    found.removeIf(file -> !holds(file, words));
    return found;
  }

  private static List<Path> files(Path root, Predicate<String> isNamed) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> isNamed.test(file.getFileName().toString()))
          .toList();
    }
  }

  private static boolean holds(Path file, String words) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
