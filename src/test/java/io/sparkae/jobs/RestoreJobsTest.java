package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that damage rows and restore them. */
class RestoreJobsTest {
  private static final int ROWS = 100;

  @TempDir private static Path folder;

  @BeforeAll
  static void generateTrainAndDamage() {
    LocalSpark.session();
    succeed("generate", "--set", "digits", "--rows", "" + ROWS, "--output", path("digits"));
    train("variationalAutoencoder", "vae");
    train("autoencoder", "plain");
    damage("half", "--missing", "lowerHalf", "--rows", "20");
    damage("noisy", "--noise", "gaussian", "--level", "0.3");
  }

  private static void train(String model, String output) {
    succeed(
        Stream.of(
                "train --model " + model + " --hidden-layers 16 --code-size 4 --epochs 2",
                "--batch-size 20 --input " + path("digits") + " --output " + path(output))
            .flatMap(part -> Stream.of(part.split(" ")))
            .toArray(String[]::new));
  }

  private static void damage(String output, String... more) {
    succeed(with("damage", List.of("--input", path("digits"), "--output", path(output)), more));
  }

  private static String[] with(String command, List<String> options, String... more) {
    return Stream.of(Stream.of(command), options.stream(), Stream.of(more))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static Run restore(String model, String input, String output, String... more) {
    return Run.of(
        with(
            "restore",
            List.of("--model", path(model), "--input", path(input), "--output", path(output)),
            more));
  }

  private static void assertRefused(Run run, int code, String message) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err().strip().lines().toList()).endsWith("sparkae " + message);
  }

  private static double[] features(Row row, String column) {
    return row.<Vector>getAs(column).toArray();
  }

  @Test
  void lowerHalfIsLeftOutAndNoiseIsOfItsLevel() {
    List<Row> half = LocalSpark.session().read().parquet(path("half")).collectAsList();
    assertThat(half).hasSize(20);
    for (Row row : half) {
      double[] given = features(row, "features");
      for (int i = 0; i < 784; i++) {
        if (i < 392) {
          assertThat(given[i]).isCloseTo(features(row, "original")[i], within(1e-7));
        } else {
          assertThat(given[i]).isNaN();
        }
      }
    }
    double square = 0;
    for (Row row : LocalSpark.session().read().parquet(path("noisy")).collectAsList()) {
      square +=
          org.apache.spark.ml.linalg.Vectors.sqdist(row.getAs("features"), row.getAs("original"));
    }
    assertThat(Math.sqrt(square / ROWS / 784)).isCloseTo(0.3, within(0.01));
  }

  @Test
  void missingFeaturesAreRestoredMeasuredAndShown() throws IOException {
    Run run =
        restore(
            "vae",
            "half",
            "restored",
            "--like",
            path("digits"),
            "--truth-col",
            "original",
            "--confidence-col",
            "confidence",
            "--code-col",
            "code",
            "--error-col",
            "error",
            "--starts",
            "4",
            "--steps",
            "10");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "restored/rows: 20 rows of features, label, original, restored, code, error, confidence",
            "7840 of 15680 features were missing",
            "restored/restored.png shows the first of them",
            "restored/report.html: what came out");
    Dataset<Row> rows = LocalSpark.session().read().parquet(path("restored") + "/rows");
    double error = 0;
    for (Row row : rows.collectAsList()) {
      double[] restored = features(row, "restored");
      for (int i = 0; i < 784; i++) {
        double given = features(row, "features")[i];
        if (i < 392) {
          assertThat(restored[i]).isEqualTo(given);
        } else {
          error += Math.pow(restored[i] - features(row, "original")[i], 2) / 20;
        }
      }
      assertThat(features(row, "code")).hasSize(4);
    }
    var picture = ImageIO.read(folder.resolve("restored").resolve("restored.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(2 * (16 * 29 + 1));
    assertThat(picture.getHeight()).isEqualTo(2 * (3 * 29 + 1));
    assertThat(picture.getRGB(30, 50) & 0xFF).isEqualTo(128); // what was missing
    Run again =
        restore(
            "vae",
            "half",
            "restored",
            "--like",
            path("digits"),
            "--truth-col",
            "original",
            "--starts",
            "4",
            "--steps",
            "10",
            "--json",
            "--overwrite");
    JsonNode figures = again.json();
    assertThat(figures.get("missingError").asDouble()).isCloseTo(error, within(1e-6));
    assertThat(figures.get("ratio").asDouble())
        .isCloseTo(error / figures.get("meanImputationError").asDouble(), within(1e-6));
    assertThat(figures.get("missingFeatures").asInt()).isEqualTo(7840);
    assertReported(ReportPage.model(folder.resolve("restored/report.html")), figures);
    assertRefused(
        restore("vae", "half", "restored"),
        Main.USAGE,
        "restore: --output "
            + path("restored")
            + " exists: name another one or add --overwrite to replace it");
  }

  private static void assertReported(JsonNode page, JsonNode figures) {
    assertThat(page.get("facts").get("ratio of the two").textValue())
        .isEqualTo(String.format(Locale.ROOT, "%.3f", figures.get("ratio").asDouble()));
    assertThat(ReportPage.titles(page)).containsExactly("Restored rows", "Where the errors are");
    JsonNode rows = ReportPage.plane(page, "Confidence of rows");
    double confidence = 0;
    for (JsonNode x : rows.get("x")) {
      confidence += x.asDouble() / 20;
    }
    assertThat(rows.get("y")).hasSize(20);
    assertThat(confidence).isCloseTo(figures.get("confidence").asDouble(), within(1e-6));
  }

  @Test
  void tableOfNumbersIsReportedFeatureByFeature() throws IOException {
    float[][] rows = Tables.lowRank(3, 40, 5);
    Tables.vectors(rows, 1).write().parquet(path("numbers"));
    succeed(
        with(
            "train",
            List.of("--input", path("numbers"), "--output", path("small"), "--code-size", "2"),
            "--epochs",
            "2"));
    String[] missing = {"--missing", "0.3"};
    succeed(
        with("damage", List.of("--input", path("numbers"), "--output", path("holes")), missing));
    Run run =
        restore("small", "holes", "whole", "--like", path("numbers"), "--truth-col", "original");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode page = ReportPage.model(folder.resolve("whole/report.html"));
    assertThat(page.get("pictures")).isEmpty();
    JsonNode features = page.get("tables").get(0).get("lines");
    assertThat(features).hasSize(5);
    int third = -1;
    for (int i = 0; i < 5; i++) {
      third = features.get(i).get(0).textValue().equals("feature 3") ? i : third;
    }
    double imputed = 0;
    double restored = 0;
    int count = 0;
    double mean = 0;
    for (float[] row : rows) {
      mean += row[3] / rows.length;
    }
    for (Row row : LocalSpark.session().read().parquet(path("whole") + "/rows").collectAsList()) {
      if (Double.isNaN(features(row, "features")[3])) {
        double truth = features(row, "original")[3];
        imputed += Math.pow(mean - truth, 2);
        restored += Math.pow(features(row, "restored")[3] - truth, 2);
        count++;
      }
    }
    assertThat(features.get(third).get(1).textValue()).isEqualTo("" + count);
    assertThat(features.get(third).get(2).asDouble()).isCloseTo(imputed / count, within(1e-9));
    assertThat(features.get(third).get(3).asDouble()).isCloseTo(restored / count, within(1e-9));
    JsonNode lines = page.get("tables").get(1).get("lines");
    assertThat(lines.get(1).get(0).textValue()).isEqualTo("restored");
    assertThat(lines.toString()).contains("missing");
  }

  @Test
  void withoutATruthTheReportSaysHowToGetErrors() throws IOException {
    Run run = restore("plain", "noisy", "unknown", "--distrusted", "300", "--steps", "1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("miss nothing");
    Run whole = restore("plain", "noisy", "untouched", "--truth-col", "original");
    assertThat(whole.out())
        .contains(
            ROWS + " of " + ROWS + " rows miss nothing and stay as they are: --clean true encodes")
        .doesNotContain("features were missing");
    JsonNode page = ReportPage.model(folder.resolve("unknown/report.html"));
    assertThat(page.get("notes").get(0).textValue()).contains("--truth-col");
    assertThat(page.get("planes")).isEmpty();
    assertThat(ReportPage.titles(page)).containsExactly("Restored rows");
    assertThat(page.get("settings").toString()).contains("distrusted").doesNotContain("errorCol");
  }

  @Test
  void noisyRowsAreCleaned() throws IOException {
    JsonNode figures =
        restore("plain", "noisy", "cleaned", "--clean", "true", "--truth-col", "original", "--json")
            .json();
    assertThat(figures.get("missingFeatures").asInt()).isZero();
    assertThat(figures.get("peakSignalToNoiseBefore").asDouble())
        .isCloseTo(-20 * Math.log10(0.3), within(0.2));
    assertThat(figures.get("peakSignalToNoiseAfter").asDouble()).isPositive();
    assertThat(figures.has("ratio")).isFalse();
  }

  @Test
  void distrustedFeaturesAreRestored() {
    Run run =
        restore(
            "plain",
            "noisy",
            "distrusted",
            "--distrusted",
            "300,310-319",
            "--starts",
            "2",
            "--steps",
            "3");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains(11 * ROWS + " of " + 784 * ROWS + " features were missing");
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        restore("plain", "half", "no"),
        Main.USAGE,
        "restore: no row of the table knows feature 392: name a table of rows as they should be"
            + " by --like");
    assertRefused(
        restore("plain", "noisy", "no", "--distrusted", "784"),
        Main.USAGE,
        "restore: --distrusted must be features from 0 to 783, not 784");
    assertRefused(
        restore("plain", "noisy", "no", "--distrusted", "7-3"),
        Main.USAGE,
        "restore: --distrusted must be numbers of features and ranges of them with commas between,"
            + " such as 3,7-9, not 7-3");
    assertRefused(
        restore("plain", "noisy", "no", "--truth-col", "none"),
        Main.USAGE,
        "restore: --truth-col none is no column of the table: it has features, label, original");
    assertRefused(
        restore("plain", "noisy", "no", "--output-col", "label"),
        Main.USAGE,
        "restore: --output-col label is already a column: name another");
    assertRefused(
        restore("plain", "noisy", "no", "--steps", "0", "--step-size", "0.5"),
        Main.USAGE,
        "restore: --step-size does nothing while --steps and --cleaning-steps are 0: leave it out,"
            + " or set one of them");
    assertRefused(
        Run.of(
            with(
                "damage",
                List.of("--input", path("digits"), "--output", path("no")),
                "--missing",
                "lowerHalf",
                "--seed",
                "3")),
        Main.USAGE,
        "damage: --seed does nothing with --missing lowerHalf alone: leave it out");
    assertRefused(
        Run.of(with("damage", List.of("--input", path("digits"), "--output", path("no")))),
        Main.USAGE,
        "damage: name what to damage: --missing or --noise, or both");
    assertRefused(
        Run.of(
            with(
                "damage",
                List.of("--input", path("digits"), "--output", path("no")),
                "--noise",
                "masking",
                "--level",
                "2")),
        Main.USAGE,
        "damage: --level must be at most 1, a probability, when --noise is masking, not 2.0");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
