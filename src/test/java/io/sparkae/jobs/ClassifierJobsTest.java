package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.EncoderClassifierModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with a classifier: what evaluate counts, and labels that it cannot count with. */
class ClassifierJobsTest {
  private static final int ROWS = 200;

  @TempDir private static Path folder;

  @BeforeAll
  static void generateAndTrain() {
    LocalSpark.session();
    succeed("generate", "--set", "digits", "--rows", "" + ROWS, "--output", path("digits"));
    succeed(
        "train",
        "--model",
        "denseClassifier",
        "--epochs",
        "3",
        "--batch-size",
        "20",
        "--input",
        path("digits"),
        "--output",
        path("model"));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
  }

  /** The digits with another expression as their label. */
  private static String labelled(String name, String label) {
    LocalSpark.session()
        .read()
        .parquet(path("digits"))
        .selectExpr("features", label + " as label")
        .write()
        .parquet(path(name));
    return path(name);
  }

  private static JsonNode figures(String table) throws IOException {
    Run run = Run.of("evaluate", "--model", path("model"), "--input", table, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return run.json();
  }

  private static double errorPercent(List<Row> predicted) {
    long wrong =
        predicted.stream()
            .filter(row -> !row.isNullAt(row.fieldIndex("label")))
            .filter(row -> !row.<Double>getAs("label").equals(row.<Double>getAs("prediction")))
            .count();
    long all = predicted.stream().filter(row -> !row.isNullAt(row.fieldIndex("label"))).count();
    return 100.0 * wrong / all;
  }

  private static List<Row> predicted(String table) {
    Dataset<Row> rows = LocalSpark.session().read().parquet(table);
    return EncoderClassifierModel.load(path("model")).transform(rows).collectAsList();
  }

  @Test
  void evaluateCountsMistakesAndTheMeanSurprise() throws IOException {
    JsonNode figures = figures(path("digits"));
    List<Row> rows = predicted(path("digits"));
    double surprise =
        rows.stream()
            .mapToDouble(
                row ->
                    -Math.log(
                        row.<Vector>getAs("probability")
                            .apply(row.<Double>getAs("label").intValue())))
            .average()
            .orElseThrow();
    assertThat(figures.get("testErrorPercent").asDouble())
        .isCloseTo(errorPercent(rows), within(1e-9))
        .isBetween(0.5, 60.0);
    assertThat(figures.get("logLoss").asDouble()).isCloseTo(surprise, within(1e-9));
    assertThat(figures.get("labelledRows").asLong()).isEqualTo(ROWS);
  }

  @Test
  void rowsWithoutALabelAreLeftOut() throws IOException {
    String some = labelled("some", "if(label < 4, null, label)");
    JsonNode figures = figures(some);
    List<Row> rows = predicted(some);
    long labelled = rows.stream().filter(row -> !row.isNullAt(row.fieldIndex("label"))).count();
    assertThat(labelled).isBetween(1L, ROWS - 1L);
    assertThat(figures.get("rows").asLong()).isEqualTo(ROWS);
    assertThat(figures.get("labelledRows").asLong()).isEqualTo(labelled);
    assertThat(figures.get("testErrorPercent").asDouble())
        .isCloseTo(errorPercent(rows), within(1e-9));

    String none = labelled("none", "cast(null as double)");
    JsonNode nothing = figures(none);
    assertThat(nothing.get("labelledRows").asLong()).isZero();
    assertThat(nothing.has("testErrorPercent")).isFalse();
    assertThat(Run.of("evaluate", "--model", path("model"), "--input", none).out())
        .contains("none of the " + ROWS + " rows has a label in the column label");
  }

  @Test
  void aClassThatTrainingHadNoneOfIsAMistake() throws IOException {
    JsonNode figures = figures(labelled("unknown", "label + 10"));
    assertThat(figures.get("testErrorPercent").asDouble()).isEqualTo(100);
    assertThat(figures.has("logLoss")).as("infinite, which JSON cannot say").isFalse();
  }

  @Test
  void anotherModelIsNoEncoder() {
    Run run =
        Run.of(
            "train",
            "--model",
            "encoderClassifier",
            "--encoder",
            path("model"),
            "--input",
            path("digits"),
            "--output",
            path("on-top"));
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().strip().lines().toList())
        .endsWith(
            "sparkae train: --encoder "
                + path("model")
                + " is an EncoderClassifierModel, not an autoencoder");
    assertThat(folder.resolve("on-top")).doesNotExist();
  }

  @Test
  void wordsAreNoLabels() {
    String words = labelled("words", "concat('class ', label)");
    Run run = Run.of("evaluate", "--model", path("model"), "--input", words);
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().strip().lines().toList())
        .endsWith("sparkae evaluate: --label-col label must be of numbers, not string");
  }
}
