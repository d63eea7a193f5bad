package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.AdversarialAutoencoderModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adversarial autoencoders and generative networks by commands alone, and what reports show. */
class GenerativeJobsTest {
  private static final String PAIRS = "Rows and their reconstructions";
  private static final String NEW = "New rows";
  private static final String WAYS = "Ways between rows";
  private static final String PLANE = "The plane of codes";
  private static final String FILTERS = "Encoder filters";

  @TempDir private static Path folder;

  @BeforeAll
  static void generateAndTrain() {
    LocalSpark.session();
    succeed("generate", "--set", "digits", "--rows", "120", "--output", path("digits"));
    train("adversarialAutoencoder", "aae", "--hidden-layers", "16", "--label-col", "label");
    train("generativeAdversarialNetwork", "gan", "--generator-layers", "16");
    train("variationalAutoencoder", "vae", "--hidden-layers", "16");
  }

  private static void train(String model, String output, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--model", model, "--code-size", "2"));
    args.addAll(List.of("--epochs", "2", "--batch-size", "20", "--input", path("digits")));
    args.addAll(List.of("--output", path(output)));
    if (!model.startsWith("variational")) {
      args.addAll(List.of("--discriminator-layers", "8"));
    }
    args.addAll(List.of(more));
    succeed(args.toArray(String[]::new));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static JsonNode report(String model) throws IOException {
    return ReportPage.model(folder.resolve(model).resolve("report.html"));
  }

  private static void assertRefused(Run run, String message) {
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().strip().lines().toList()).endsWith("sparkae " + message);
  }

  @Test
  void codesOfAnAdversarialAutoencoderAreMeasured() throws IOException {
    JsonNode measured =
        succeed("evaluate", "--model", path("aae"), "--input", path("digits"), "--json").json();
    AdversarialAutoencoderModel model = AdversarialAutoencoderModel.load(path("aae"));
    assertThat(model.getNumClasses()).isEqualTo(10);
    Dataset<Row> table = LocalSpark.session().read().parquet(path("digits"));
    Row moments =
        model
            .setOutputCol("c")
            .transform(table)
            .select(Summarizer.mean(functions.col("c")), Summarizer.variance(functions.col("c")))
            .first();
    assertThat(measured.get("codeMeanNorm").doubleValue())
        .isCloseTo(Vectors.norm(moments.getAs(0), 2), within(1e-9));
    assertThat(measured.get("codeVariancePerUnit").get(1).doubleValue())
        .isCloseTo(moments.<Vector>getAs(1).apply(1), within(1e-9));
    assertThat(measured.has("squaredErrorPerRow")).isTrue();
  }

  @Test
  void discriminatorTellsOfRowsHowProbableTheyAre() throws IOException {
    succeed("encode", "--model", path("gan"), "--input", path("digits"), "--output", path("real"));
    double mean =
        LocalSpark.session()
            .read()
            .parquet(path("real"))
            .agg(functions.avg("discriminator"))
            .first()
            .getDouble(0);
    JsonNode measured =
        succeed("evaluate", "--model", path("gan"), "--input", path("digits"), "--json").json();
    assertThat(mean).isBetween(0.0, 1.0);
    assertThat(measured.get("discriminatorProbability").doubleValue())
        .isCloseTo(mean, within(1e-9));
  }

  @Test
  void newRowsAreDrawnOfBoth() {
    for (String model : List.of("aae", "gan")) {
      String output = path(model + "-samples");
      succeed("sample", "--model", path(model), "--rows", "20", "--output", output);
      Dataset<Row> rows = LocalSpark.session().read().parquet(output + "/rows");
      assertThat(rows.count()).isEqualTo(20);
      assertThat(rows.first().<Vector>getAs("features").size()).isEqualTo(784);
    }
    assertRefused(
        Run.of(
            "interpolate",
            "--model",
            path("gan"),
            "--input",
            path("digits"),
            "--output",
            path("no")),
        "interpolate: --model "
            + path("gan")
            + " is a GenerativeAdversarialNetworkModel, which has no encoder");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void priorCanBeTheRowsOfATable() {
    succeed("sample", "--model", path("vae"), "--rows", "30", "--output", path("codes"));
    LocalSpark.session()
        .read()
        .parquet(path("codes") + "/rows")
        .select("code")
        .write()
        .parquet(path("prior"));
    train(
        "adversarialAutoencoder", "shaped", "--prior", "samples", "--prior-samples", path("prior"));
    succeed("sample", "--model", path("shaped"), "--rows", "5", "--output", path("shaped-samples"));
    Run refused =
        Run.of(
            "train",
            "--model",
            "adversarialAutoencoder",
            "--prior",
            "samples",
            "--prior-samples",
            path("nowhere"),
            "--input",
            path("digits"),
            "--output",
            path("no"));
    assertThat(refused.code()).isEqualTo(Main.USAGE);
    assertThat(refused.err()).contains("--prior-samples " + path("nowhere") + " does not exist");
  }

  @Test
  void networksWithoutValidationRefuseIt() {
    assertRefused(
        Run.of(
            "train",
            "--model",
            "generativeAdversarialNetwork",
            "--validation",
            path("digits"),
            "--input",
            path("digits"),
            "--output",
            path("no")),
        "train: --validation does not apply: a GenerativeAdversarialNetwork has no"
            + " validationIndicatorCol");
  }

  @Test
  void reportsShowWhatModelsMake() throws IOException {
    assertThat(ReportPage.titles(report("vae"))).containsExactly(PAIRS, NEW, WAYS, PLANE, FILTERS);
    assertThat(ReportPage.titles(report("aae"))).containsExactly(PAIRS, NEW, WAYS, PLANE, FILTERS);
    assertThat(ReportPage.titles(report("gan")))
        .containsExactly(NEW, "Filters of the discriminator");
  }

  @Test
  void reportsTellPlayersLossesAndDivergencesOfUnits() throws IOException {
    JsonNode gan = report("gan");
    assertThat(gan.get("curves").get("game").booleanValue()).isTrue();
    assertThat(gan.get("facts").has("last loss, generator")).isTrue();
    JsonNode vae = report("vae");
    assertThat(vae.get("curves").get("game").booleanValue()).isFalse();
    double divergence = 0;
    for (JsonNode unit : vae.get("units")) {
      divergence += unit.get("divergence").doubleValue();
    }
    JsonNode measured =
        succeed("evaluate", "--model", path("vae"), "--input", path("digits"), "--json").json();
    assertThat(divergence).isCloseTo(measured.get("kl").doubleValue(), within(1e-6));
    assertThat(report("aae").get("units").get(0).get("divergence").isNull()).isTrue();
  }
}
