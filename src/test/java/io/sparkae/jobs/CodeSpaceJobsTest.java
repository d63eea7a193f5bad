package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make new rows of codes. */
class CodeSpaceJobsTest {
  private static final int ROWS = 120;

  @TempDir private static Path folder;

  @BeforeAll
  static void generateAndTrain() {
    LocalSpark.session();
    succeed("generate", "--set", "digits", "--rows", "" + ROWS, "--output", path("digits"));
    train("variationalAutoencoder", "vae");
    train("autoencoder", "plain");
  }

  private static void train(String model, String output) {
    succeed(
        "train",
        "--model",
        model,
        "--hidden-layers",
        "16",
        "--code-size",
        "2",
        "--epochs",
        "2",
        "--batch-size",
        "20",
        "--input",
        path("digits"),
        "--output",
        path(output));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static Run with(String command, String model, String output, String... more) {
    List<String> args = List.of(command, "--model", path(model), "--output", path(output));
    return Run.of(Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private static Dataset<Row> rows(String output) {
    return LocalSpark.session().read().parquet(path(output) + "/rows");
  }

  private static int[] size(String output, String picture) throws IOException {
    var image = ImageIO.read(folder.resolve(output).resolve(picture).toFile());
    return new int[] {image.getWidth(), image.getHeight()};
  }

  private static void assertRefused(Run run, String message) {
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().strip().lines().toList()).endsWith("sparkae " + message);
  }

  @Test
  void samplesAreDrawnAndShown() throws IOException {
    Run run = with("sample", "vae", "samples", "--rows", "20");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("samples/rows: 20 rows of id, code, features", "samples/samples.png shows them");
    assertThat(rows("samples").count()).isEqualTo(20);
    assertThat(rows("samples").first().<Vector>getAs("features").size()).isEqualTo(784);
    assertThat(size("samples", "samples.png")).containsExactly(2 * (16 * 29 + 1), 2 * (2 * 29 + 1));
    assertRefused(
        with("sample", "vae", "samples", "--rows", "20"),
        "sample: --output "
            + path("samples")
            + " exists: name another one or add --overwrite to replace it");
    assertThat(with("sample", "vae", "samples", "--rows", "3", "--overwrite").code()).isZero();
    assertThat(rows("samples").count()).isEqualTo(3);
    assertThat(with("sample", "vae", "grid", "--grid", "4").code()).isZero();
    assertThat(rows("grid").count()).isEqualTo(16);
  }

  @Test
  void modelWithoutAPriorNeedsATable() {
    assertRefused(
        with("sample", "plain", "none"),
        "sample: AutoencoderModel has no prior to draw codes from: name a table by --input, and"
            + " they are drawn from a normal distribution like that of its codes");
    Run run = with("sample", "plain", "plain-samples", "--input", path("digits"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(rows("plain-samples").count()).isEqualTo(64);
  }

  @Test
  void rowsAreVariedInterpolatedAndAdded() throws IOException {
    String[] input = {"--input", path("digits")};
    assertThat(with("interpolate", "vae", "between", input).code()).isZero();
    assertThat(rows("between").count()).isEqualTo(10);
    assertThat(size("between", "interpolation.png")[0]).isEqualTo(2 * (10 * 29 + 1));
    Run arc =
        with("interpolate", "vae", "arc", "--input", path("digits"), "--along", "arc", "--to", "5");
    assertThat(arc.code()).as(arc.err()).isZero();
    Run varied = with("vary", "vae", "varied", "--input", path("digits"), "--row", "7");
    assertThat(varied.code()).as(varied.err()).isZero();
    assertThat(rows("varied").select("code").distinct().count()).isEqualTo(16);
    Run sum =
        with(
            "arithmetic",
            "plain",
            "sum",
            "--input",
            path("digits"),
            "--a",
            "1",
            "--b",
            "2",
            "--c",
            "3");
    assertThat(sum.code()).as(sum.err()).isZero();
    List<Row> codes = rows("sum").orderBy("id").collectAsList();
    for (int j = 0; j < 2; j++) {
      double a = codes.get(0).<Vector>getAs("code").apply(j);
      double b = codes.get(1).<Vector>getAs("code").apply(j);
      double c = codes.get(2).<Vector>getAs("code").apply(j);
      assertThat(codes.get(3).<Vector>getAs("code").apply(j)).isEqualTo(a - b + c);
    }
    assertThat(Files.exists(folder.resolve("sum").resolve("arithmetic.png"))).isTrue();
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        with("vary", "plain", "no", "--input", path("digits")),
        "vary: --model "
            + path("plain")
            + " is an AutoencoderModel, which has no posterior to draw codes from");
    assertRefused(
        with("interpolate", "vae", "no", "--input", path("digits"), "--to", "500"),
        "interpolate: there is no row 500: the table has " + ROWS + " rows, from 0 on");
    assertRefused(
        with("sample", "vae", "no", "--image", "20x20"),
        "sample: --image 20x20 does not fit: rows have 784 features");
    assertRefused(
        with("sample", "vae", "no", "--image", "round"),
        "sample: --image must be like 28x28 or 32x32x3, not round");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
