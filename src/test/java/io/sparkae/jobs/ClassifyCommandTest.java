package io.sparkae.jobs;

import static io.sparkae.jobs.Run.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** classify trains one of MLlib's classifiers and tells its test error. */
class ClassifyCommandTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
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

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "svm"})
  void classifyPrintsItsErrorAsTheLastLine(String classifier) throws IOException {
    Run.rectangles(path("train"), 0, 300);
    Run.rectangles(path("test"), 300, 100);
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
    Run.rectangles(path("train"), 0, 10);
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
}
