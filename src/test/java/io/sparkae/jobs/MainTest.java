package io.sparkae.jobs;

import static io.sparkae.jobs.Run.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, their help, and options that do not do. */
class MainTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
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
    Run.rectangles(path("train"), 0, 10);
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
        Run.of("generate", "--set", "rect", "--output", "x", "--partitions", many),
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
