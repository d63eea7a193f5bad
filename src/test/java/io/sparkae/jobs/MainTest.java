package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void generateRectangles(String name, int firstRow, int rows) {
    Run run =
        Run.of(
            "generate",
            "--set",
            "rectangles",
            "--rows",
            String.valueOf(rows),
            "--first-row",
            String.valueOf(firstRow),
            "--output",
            path(name));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  private static void assertUsage(Run run, String... parts) {
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("sparkae").contains(parts);
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    Run bare = Run.of();
    assertThat(bare.code()).isEqualTo(Main.USAGE);
    assertThat(bare.err()).contains("ingest", "train", "encode", "evaluate", "classify");
    Run help = Run.of("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("bench", "info", "quickstart");
    assertThat(Run.of("--version").out()).startsWith("sparkae ");
  }

  @Test
  void anUnknownCommandNamesTheNearestOne() {
    assertUsage(Run.of("evaluat"), "unknown command evaluat: did you mean evaluate?");
    assertUsage(Run.of("xxxxxxxxxxxxx"), "the commands are ingest, generate, train");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest",
        "generate",
        "train",
        "encode",
        "evaluate",
        "classify",
        "bench",
        "info",
        "quickstart"
      })
  void everyCommandHasHelp(String command) {
    Run run = Run.of(command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: sparkae " + command, "--conf-file");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void wrongOptionsAreOneLineAndExitCodeTwo() {
    assertUsage(
        Run.of("ingest", "--format", "xls", "--output", "x"), "--format must be one of idx, ");
    assertUsage(Run.of("ingest", "--format", "idx", "--output", "x"), "--input is missing");
    assertUsage(
        Run.of("ingest", "--format", "parquet", "--input", "x", "--labels", "y", "--output", "z"),
        "--labels is for --format idx, not parquet");
    assertUsage(Run.of("train", "--code-size", "x"), "--code-size must be a whole number, not x");
    assertUsage(Run.of("train", "--model", "vea"), "--model must be one of autoencoder");
  }

  @Test
  void inputsThatDoNotExistAreOneLineAndNameTheNearest() {
    generateRectangles("train", 0, 10);
    assertUsage(
        Run.of("train", "--input", path("trian"), "--output", path("model")),
        "--input " + path("trian") + " does not exist",
        "did you mean ",
        path("train"));
    assertUsage(
        Run.of("encode", "--model", path("train"), "--input", path("train"), "--output", path("o")),
        "--model " + path("train") + " is not a saved model");
  }

  @Test
  void outputsAreReplacedOnlyWhenAskedTo() {
    generateRectangles("table", 0, 10);
    String[] again = {"generate", "--set", "rectangles", "--rows", "5", "--output", path("table")};
    assertUsage(Run.of(again), "exists", "--overwrite");
    assertThat(LocalSpark.session().read().parquet(path("table")).count()).isEqualTo(10);
    String[] asked = Arrays.copyOf(again, again.length + 1);
    asked[again.length] = "--overwrite";
    assertThat(Run.of(asked).code()).isZero();
    assertThat(LocalSpark.session().read().parquet(path("table")).count()).isEqualTo(5);
    assertUsage(
        Run.of(
            "ingest",
            "--format",
            "parquet",
            "--input",
            path("table"),
            "--output",
            path("table"),
            "--overwrite"),
        "overlap");
  }

  @Test
  void nothingButTablesAndModelsIsEverReplaced() throws IOException {
    Path readme = Files.writeString(folder.resolve("README.md"), "mine");
    Path thesis = Files.createDirectories(folder.resolve("thesis"));
    Files.writeString(thesis.resolve("thesis.txt"), "mine too");
    Path mixed = Files.createDirectories(folder.resolve("mixed"));
    generateRectangles("mixed/table", 0, 3);
    Path metadata = Files.createDirectories(folder.resolve("project/metadata"));
    Files.writeString(metadata.resolve("authors.txt"), "me");
    for (Path mine : new Path[] {readme, thesis, mixed, metadata.getParent()}) {
      assertUsage(replace(mine), "--output " + mine, "which is never replaced");
    }
    generateRectangles("noted", 0, 3);
    Files.writeString(folder.resolve("noted/notes.txt"), "mine");
    assertUsage(replace(folder.resolve("noted")), "noted holds notes.txt");
    assertThat(readme).hasContent("mine");
    assertThat(thesis.resolve("thesis.txt")).hasContent("mine too");
    assertThat(mixed.resolve("table")).isDirectory();
    assertThat(metadata.resolve("authors.txt")).exists();
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(replace(empty).code()).isZero();
    assertThat(replace(empty).code()).as("a table").isZero();
  }

  private static Run replace(Path output) {
    return Run.of(
        "generate",
        "--set",
        "rectangles",
        "--rows",
        "3",
        "--output",
        output.toString(),
        "--overwrite");
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    generateRectangles("table", 0, 10);
    Run run = Run.of("train", "--input", path("table"), "--output", path("file/model"));
    assertUsage(run, "--output " + path("file/model") + " cannot be written");
    Run later = Run.of("train", "--input", path("none"), "--output", path("new/deep/model"));
    assertUsage(later, "--input " + path("none") + " does not exist");
    assertThat(folder.resolve("new")).as("trying leaves nothing").doesNotExist();
  }

  @Test
  void quickstartReplacesItsOwnPartsOnly() throws IOException {
    Path quick = Files.createDirectories(folder.resolve("quick/model"));
    Files.writeString(quick.resolve("notes.txt"), "mine");
    String[] quickstart = {"quickstart", "--output", path("quick"), "--overwrite"};
    assertUsage(Run.of(quickstart), "--output " + quick + " holds notes.txt");
    assertThat(quick.resolve("notes.txt")).exists();
  }

  @Test
  void aMasterThatDoesNotAnswerIsNamed() {
    assertThatThrownBy(() -> Session.requireReachable("spark://localhost:1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--master spark://localhost:1 cannot be reached: Connection refused");
    assertThatThrownBy(() -> Session.requireReachable("spark://no.such.host.invalid:7077"))
        .hasMessageContaining("the host no.such.host.invalid is unknown");
    assertThatThrownBy(() -> Session.requireReachable("spark://localhost"))
        .hasMessageContaining("spark://HOST:PORT");
    Session.requireReachable("local[2]");
  }

  @Test
  void aFailedRunIsOneLineWithTheCauseAndExitCodeOneAndLeavesNothing() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.idx"), "no such thing as IDX");
    Run run =
        Run.of("ingest", "--format", "idx", "--input", broken.toString(), "--output", path("out"));
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("sparkae ingest: " + broken + ": not an IDX file");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Tasks of a failed job end after it; what they were writing then must not come back. */
  @Test
  void aFailureInOneOfSeveralTasksLeavesNothingEither() throws IOException {
    byte[] rows = new byte[16 + 200_000];
    new Random(1).nextBytes(rows); // zeroes would be packed so well that the header is not believed
    System.arraycopy(new byte[] {0, 0, 8, 2, 0, 3, 13, 64, 0, 0, 0, 1}, 0, rows, 0, 12);
    Path packed = folder.resolve("cut.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(rows, 0, 12 + 150_000);
    }
    String output = path("made/for/it");
    Run run =
        Run.of(
            "ingest",
            "--format",
            "idx",
            "--input",
            packed.toString(),
            "--partitions",
            "8",
            "--output",
            output);
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("cut.gz: truncated");
    try (var left = Files.walk(folder.resolve("made/for"))) {
      assertThat(left).containsExactly(folder.resolve("made/for"));
    }
  }

  @Test
  void aFileThatIsNoParquetIsNamed() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("images.gz"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
    assertUsage(
        Run.of("train", "--input", data.toString(), "--output", path("no")),
        "--input " + data + " holds no Parquet table: images.gz is none (ingest makes one)");
    assertUsage(
        Run.of("ingest", "--format", "idx", "--input", data.toString(), "--output", path("no")),
        data + " is a folder: name one file in IDX format");
    generateRectangles("table", 0, 10);
    Path part;
    try (var files = Files.list(folder.resolve("table"))) {
      part =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .sorted()
              .toList()
              .get(1);
    }
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 100));
    assertUsage(
        Run.of("train", "--input", path("table"), "--output", path("no")),
        "--input "
            + path("table")
            + " holds no Parquet table: "
            + part.getFileName()
            + " is none (ingest makes one)");
  }

  @Test
  void aNullInASeveralColumnsFeatureNamesTheColumn() {
    LocalSpark.session()
        .sql("select double(id) x, if(id = 5, null, id) y from range(9)")
        .write()
        .parquet(path("holed"));
    String[] ingest = {
      "ingest",
      "--format",
      "parquet",
      "--input",
      path("holed"),
      "--features",
      "x,y",
      "--output",
      path("out")
    };
    Run run = Run.of(ingest);
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("column y has null in a row: fill it in or leave such rows out");
  }

  @Test
  void classifyTakesArraysAndNamesColumnsOfAnotherType() {
    LocalSpark.session()
        .sql("select array(float(id % 2)) x, double(id % 2) y, array(1D) z, 'a' w from range(40)")
        .write()
        .parquet(path("arrays"));
    String[] classify = {
      "classify",
      "--train",
      path("arrays"),
      "--test",
      path("arrays"),
      "--features",
      "x",
      "--label",
      "y"
    };
    assertThat(Run.of(classify).out()).contains("0.00 % (0 of 40 rows)");
    classify[8] = "z";
    assertUsage(Run.of(classify), "--label z must be of numbers, not array<double>");
    classify[8] = "y";
    classify[6] = "w";
    assertUsage(
        Run.of(classify), "--features w must be of vectors or arrays of numbers, not string");
  }

  @Test
  void aFailureInsideATaskTellsItsOwnCauseAndLeavesNothing() throws IOException {
    byte[] header = {0, 0, 8, 2, 0, 0, 0, 9, 0, 0, 0, 4, 1, 2, 3, 4, 5};
    Path packed = folder.resolve("cut.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(header);
    }
    Run run =
        Run.of("ingest", "--format", "idx", "--input", packed.toString(), "--output", path("out"));
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("cut.gz: truncated: it ends in or before row");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFailedRunKeepsTheTableThatItWasToReplace() throws IOException {
    generateRectangles("out", 0, 10);
    byte[] header = {0, 0, 8, 2, 0, 0, 0, 9, 0, 0, 0, 4, 1, 2, 3, 4, 5};
    Path packed = folder.resolve("cut.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(header);
    }
    String[] ingest = {
      "ingest", "--format", "idx", "--input", packed.toString(), "--output", path("out")
    };
    String[] replacing = Arrays.copyOf(ingest, ingest.length + 1);
    replacing[ingest.length] = "--overwrite";
    assertThat(Run.of(replacing).code()).isEqualTo(Main.FAILURE);
    assertThat(LocalSpark.session().read().parquet(path("out")).count()).isEqualTo(10);
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactlyInAnyOrder(packed, folder.resolve("out"));
    }
  }

  @Test
  void anOutputThatAppearedMeanwhileIsLeftAlone() {
    generateRectangles("out", 0, 10);
    Outputs outputs = new Outputs(LocalSpark.session());
    assertThatThrownBy(
        () -> outputs.write(LocalSpark.session().range(3).toDF(), path("out"), false));
    assertThat(LocalSpark.session().read().parquet(path("out")).count()).isEqualTo(10);
  }

  @Test
  void valuesThatDoNotFitAreRefusedInTheWordsOfTheHelp() {
    assertThat(Run.of("quickstart", "--help").out()).contains("(at least 1)");
    assertUsage(
        Run.of("quickstart", "--epochs", "0"),
        "--epochs must be a whole number of at least 1, not 0");
    assertUsage(
        Run.of("train", "--tied-weights", "yes"), "--tied-weights must be true or false, not yes");
    assertThat(Run.of("train", "--help").out().replaceAll("\\s+", " "))
        .contains("; alone it means true; default false", "(each --schedule-every epochs)");
    assertThat(Run.of("help", "train")).isEqualTo(Run.of("train", "--help"));
    assertThat(
            Run.of(
                    "generate",
                    "--set",
                    "digits",
                    "--rows",
                    "2",
                    "--seed",
                    "-5",
                    "--output",
                    path("o"))
                .code())
        .isZero();
  }

  @Test
  void numbersThatDoNotFitAreRefusedByTheirOption() {
    String many = "9999999999";
    assertUsage(
        Run.of("classify", "--train", "x", "--test", "y", "--max-iter", many),
        "--max-iter must be at most 2147483647, not " + many);
    assertUsage(Run.of("quickstart", "--epochs", many), "--epochs must be");
    assertUsage(
        Run.of("generate", "--set", "rectangles", "--output", "x", "--partitions", many),
        "--partitions must be");
  }

  @Test
  void benchRefusesAClusterWhoseCoresItCannotMeasure() {
    assertUsage(
        Run.of("bench", "--input", path("x"), "--master", "spark://nowhere:7077"),
        "--master spark://nowhere:7077",
        "local[*]");
  }

  @Test
  void quickstartRefusesAFolderWithoutMnist() {
    assertUsage(
        Run.of("quickstart", "--data", path("none"), "--output", path("quick")),
        "--data " + path("none"),
        "train-images-idx3-ubyte");
    assertThat(folder.resolve("quick")).doesNotExist();
  }

  @Test
  void parquetColumnsAreIngestedInOrder() {
    generateRectangles("table", 0, 30);
    Run run =
        Run.of(
            "ingest",
            "--format",
            "parquet",
            "--input",
            path("table"),
            "--features",
            "features",
            "--label",
            "label",
            "--output",
            path("copy"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("30 rows of features, label, images of 28 x 28");
    assertThat(LocalSpark.session().read().parquet(path("copy")).collectAsList())
        .isEqualTo(LocalSpark.session().read().parquet(path("table")).collectAsList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "svm"})
  void classifyPrintsItsErrorAsTheLastLine(String classifier) throws IOException {
    generateRectangles("train", 0, 300);
    generateRectangles("test", 300, 100);
    Run run =
        Run.of(
            "classify",
            "--train",
            path("train"),
            "--test",
            path("test"),
            "--classifier",
            classifier,
            "--max-iter",
            "15",
            "--output",
            path("classifier"),
            "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.json().get("testErrorPercent").asDouble()).isBetween(0.0, 40.0);
    assertThat(run.json().get("testRows").asLong()).isEqualTo(100);
    assertThat(folder.resolve("classifier").resolve("metadata")).isDirectory();
  }

  @Test
  void classifyCountsTheRowsThatDifferFromTheirLabel() throws IOException {
    // One feature that is the label in training; in the test table 3 of 8 labels are flipped.
    LocalSpark.session()
        .sql("select array(double(id % 2)) x, double(id % 2) y from range(40)")
        .selectExpr("x", "y")
        .write()
        .parquet(path("raw-train"));
    LocalSpark.session()
        .sql("select array(double(id % 2)) x, double((id + if(id < 3, 1, 0)) % 2) y from range(8)")
        .write()
        .parquet(path("raw-test"));
    for (String table : new String[] {"train", "test"}) {
      Run.of(
          "ingest",
          "--format",
          "parquet",
          "--input",
          path("raw-" + table),
          "--features",
          "x",
          "--label",
          "y",
          "--output",
          path(table));
    }
    Run run = Run.of("classify", "--train", path("train"), "--test", path("test"), "--json");
    assertThat(run.json().get("testErrorPercent").asDouble()).isEqualTo(37.5);
  }

  @Test
  void classifyRefusesLabelsThatAreNoClasses() {
    generateRectangles("train", 0, 10);
    LocalSpark.session()
        .read()
        .parquet(path("train"))
        .selectExpr("features", "label + 0.5 as label")
        .write()
        .parquet(path("half"));
    assertUsage(
        Run.of("classify", "--train", path("half"), "--test", path("train")),
        "must hold the whole numbers 0, 1, 2",
        "10 rows");
    assertUsage(
        Run.of("classify", "--train", path("train"), "--test", path("train"), "--label", "klass"),
        "--label klass is no column of the table: it has features, label");
  }

  @Test
  void infoIsOneJsonObjectOfFacts() throws IOException {
    Run run = Run.of("info", "--json");
    assertThat(run.code()).isZero();
    assertThat(run.json().fieldNames())
        .toIterable()
        .containsExactly(
            "version",
            "spark",
            "java",
            "blas",
            "blasLibrary",
            "blasCore",
            "master",
            "cores",
            "sgemmGflops");
    assertThat(run.json().get("spark").asText()).isEqualTo("4.1.0");
    assertThat(run.json().get("sgemmGflops").asDouble()).isPositive();
  }

  @Test
  void pinnedKernelsOfOpenBlasAreWarnedOf() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), false);
    InfoCommand.warnOfPinnedKernels(Map.of("OPENBLAS_CORETYPE", "Haswell", "PATH", "/"), console);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("warning: OPENBLAS_CORETYPE=Haswell");
  }
}
