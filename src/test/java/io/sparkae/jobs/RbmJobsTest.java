package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.RestrictedBoltzmannMachineModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with a model that is no autoencoder. */
class RbmJobsTest {
  private static final int ROWS = 120;
  private static final int HIDDEN = 12;

  @TempDir private static Path folder;

  @BeforeAll
  static void generateAndTrain() {
    LocalSpark.session();
    succeed("generate", "--set", "digits", "--rows", "" + ROWS, "--output", path("digits"));
    succeed(train("model", "--epochs", "3", "--gibbs-steps", "2", "--weight-decay", "0.0002"));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String[] train(String model, String... more) {
    List<String> args =
        List.of(
            "train",
            "--model",
            "restrictedBoltzmannMachine",
            "--input",
            path("digits"),
            "--hidden-units",
            "" + HIDDEN,
            "--batch-size",
            "20",
            "--output",
            path(model));
    return Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static String[] encode(String model, String output, String... more) {
    List<String> args =
        List.of(
            "encode", "--model", path(model), "--input", path("digits"), "--output", path(output));
    return Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static void assertRefused(Run run, String line) {
    assertThat(run.err().strip().lines().toList()).endsWith("sparkae " + line);
    assertThat(run.code()).isEqualTo(Main.USAGE);
  }

  private static Dataset<Row> table(String name) {
    return LocalSpark.session().read().parquet(path(name));
  }

  private static List<double[]> vectors(String table, String column) {
    return table(table).select(column).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }

  @Test
  void paramsAreOptionsAndColumnsAreLeftToEncode() {
    String help = succeed("train", "--model", "restrictedBoltzmannMachine", "--help").out();
    assertThat(help)
        .contains("--hidden-units", "--visible-type", "--gibbs-steps", "--sparsity-target")
        .doesNotContain("--code-size", "--sample-col", "--sample-steps", "--free-energy-col");
    RestrictedBoltzmannMachineModel model = RestrictedBoltzmannMachineModel.load(path("model"));
    assertThat(List.of(model.getHiddenUnits(), model.getGibbsSteps(), model.getBatchSize()))
        .containsExactly(HIDDEN, 2, 20);
    assertThat(model.getWeightDecay()).isEqualTo(0.0002);
  }

  @Test
  void encodeWritesTheColumnsThatAreNamed() {
    succeed(encode("model", "codes"));
    assertThat(table("codes").columns()).containsExactlyInAnyOrder("label", "code");
    succeed(
        encode(
            "model",
            "all",
            "--output-col=h",
            "--reconstruction-col=x",
            "--error-col=e",
            "--free-energy-col=f",
            "--sample-col=s",
            "--sample-steps=3",
            "--seed=7",
            "--keep-features"));
    Dataset<Row> all = table("all");
    assertThat(all.columns())
        .containsExactlyInAnyOrder("features", "label", "h", "x", "e", "f", "s");
    assertThat(all.count()).isEqualTo(ROWS);
    RestrictedBoltzmannMachineModel model =
        RestrictedBoltzmannMachineModel.load(path("model"))
            .setFreeEnergyCol("f")
            .setSampleCol("s")
            .setSampleSteps(3)
            .setSeed(7);
    List<Row> expected = model.transform(table("digits")).select("f", "s").collectAsList();
    assertThat(all.select("f", "s").collectAsList()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void evaluateTellsErrorAndActivations() throws IOException {
    succeed(encode("model", "measured", "--error-col", "e"));
    double[] means = new double[HIDDEN];
    double mean = 0;
    double sparsity = 0;
    for (double[] h : vectors("measured", "code")) {
      sparsity += CodeMeasure.sparseness(h) / ROWS;
      for (int j = 0; j < HIDDEN; j++) {
        means[j] += h[j] / ROWS;
        mean += h[j] / ROWS / HIDDEN;
      }
    }
    double error = 0;
    for (Row row : table("measured").select("e").collectAsList()) {
      error += row.getDouble(0) / ROWS;
    }
    String[] evaluate = {"evaluate", "--model", path("model"), "--input", path("digits")};
    JsonNode json =
        succeed(Stream.concat(Stream.of(evaluate), Stream.of("--json")).toArray(String[]::new))
            .json();
    assertThat(json.get("rows").intValue()).isEqualTo(ROWS);
    assertThat(json.get("squaredErrorPerRow").doubleValue()).isCloseTo(error, within(1e-9));
    assertThat(json.get("meanActivation").doubleValue()).isCloseTo(mean, within(1e-9));
    assertThat(json.get("codeSparsity").doubleValue()).isCloseTo(sparsity, within(1e-9));
    assertThat(json.get("meanActivationPerUnit")).hasSize(HIDDEN);
    for (int j = 0; j < HIDDEN; j++) {
      assertThat(json.get("meanActivationPerUnit").get(j).doubleValue())
          .isCloseTo(means[j], within(1e-9));
    }
    assertThat(succeed(evaluate).out().lines())
        .anyMatch(line -> line.startsWith("squared error per row"))
        .anyMatch(line -> line.startsWith("mean activation of the 12 units of the code: "))
        .anyMatch(line -> line.startsWith("sparseness of a code "));
  }

  @Test
  void reportShowsFiltersReconstructionsAndCurves() throws IOException {
    String html = Files.readString(folder.resolve("model/report.html"));
    String start = "id=\"data\">";
    int from = html.indexOf(start) + start.length();
    JsonNode model =
        new ObjectMapper()
            .readTree(html.substring(from, html.indexOf("</script>", from)))
            .get("models")
            .get(0);
    assertThat(model.get("facts").get("network").textValue())
        .isEqualTo("784 bernoulli visible and 12 bernoulli hidden units");
    assertThat(ReportPage.picture(model, "Encoder filters").get("caption").textValue())
        .startsWith("Weights of 12 of the 12 units")
        .contains("those first that change most from row to row");
    assertThat(ReportPage.picture(model, "Rows and their reconstructions").get("uri").textValue())
        .startsWith("data:image/png;base64,");
    assertThat(model.get("curves").get("losses").get("reconstruction")).hasSize(3);
    assertThat(model.get("units")).hasSize(HIDDEN);
    assertThat(ReportPage.plane(model, "Codes").get("x")).hasSize(ROWS);
  }

  @Test
  void whatMakesNoSenseIsRefusedInTheWordsOfTheOptions() {
    assertRefused(
        Run.of(train("refused", "--optimizer", "lbfgs")),
        "train: --optimizer lbfgs needs the exact gradient of one function, but contrastive"
            + " divergence draws its units at random and follows no loss's gradient: use adam, or"
            + " another --optimizer that takes minibatches");
    assertRefused(
        Run.of(train("refused", "--visible-deviation", "2")),
        "train: --visible-deviation must be 1 when --visible-type is bernoulli, not 2.0");
    assertRefused(
        Run.of(train("refused", "--code-size", "2")),
        "train: unknown option --code-size: did you mean --step-size?");
    assertRefused(
        Run.of(encode("model", "refused", "--sample-steps", "2")),
        "encode: --sample-steps does nothing without --sample-col: name that column, too");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void columnsThatAModelHasNotAreRefused() {
    succeed(
        "train",
        "--input",
        path("digits"),
        "--code-size",
        "2",
        "--epochs",
        "1",
        "--output",
        path("autoencoder"));
    List<String> options = new ArrayList<>(List.of("--free-energy-col", "--sample-col"));
    List<String> params = List.of("freeEnergyCol", "sampleCol");
    for (int i = 0; i < options.size(); i++) {
      assertRefused(
          Run.of(encode("autoencoder", "refused", options.get(i), "c")),
          "encode: "
              + options.get(i)
              + " does not apply: an AutoencoderModel has no "
              + params.get(i));
    }
  }

  @Test
  void featuresOutsideZeroToOneAreRefusedWithTheWayOut() {
    table("digits")
        .selectExpr("label", "transform(array(1D, 2D, 3D), x -> x) as features")
        .write()
        .parquet(path("wide"));
    Run run =
        Run.of(
            "train",
            "--model=restrictedBoltzmannMachine",
            "--input",
            path("wide"),
            "--output",
            path("refused"));
    assertThat(run.err())
        .contains("column features has 2.0 at element 1, outside [0.0, 1.0], which --visible-type")
        .contains("bernoulli needs (scale the features, or set --visible-type to gaussian)");
    assertThat(run.code()).isEqualTo(Main.FAILURE);
  }
}
