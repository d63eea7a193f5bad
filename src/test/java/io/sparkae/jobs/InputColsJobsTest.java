package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.ReconstructionEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a table of several columns of numbers. */
class InputColsJobsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnColumns() {
    LocalSpark.session()
        .range(0, 80, 1, 1)
        .selectExpr("id", "rand(1) as `x.1`", "float(rand(2)) as y", "'k' as k")
        .withColumn("z", functions.expr("`x.1` - y"))
        .write()
        .parquet(path("table"));
    succeed(train("model", "--input-cols", "x.1,y,z", "--validation-fraction", "0.2"));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static String[] train(String output, String... more) {
    String[] args = {"train", "--input", path("table"), "--code-size", "2", "--epochs", "2"};
    String[] place = {"--output", path(output)};
    return Stream.of(args, place, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static void refused(String message, String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).containsExactly("sparkae " + args[0] + ": " + message);
  }

  @Test
  void aModelIsTrainedEncodesAndIsMeasuredOnColumns() throws IOException {
    AutoencoderModel model = AutoencoderModel.load(path("model"));
    assertThat(model.getInputCols()).containsExactly("x.1", "y", "z");
    assertThat(model.summary().orElseThrow().validationRows()).isEqualTo(16);
    Dataset<Row> table = LocalSpark.session().read().parquet(path("table"));
    double expected =
        new ReconstructionEvaluator()
            .setInputCols(model.getInputCols())
            .evaluate(model.setReconstructionCol("reconstruction").transform(table));
    assertThat(
            succeed("evaluate", "--model", path("model"), "--input", path("table"), "--json")
                .json()
                .get("squaredErrorPerRow")
                .asDouble())
        .isCloseTo(expected, within(1e-6 * expected));
    succeed("encode", "--model", path("model"), "--input", path("table"), "--output", path("h"));
    assertThat(LocalSpark.session().read().parquet(path("h")).columns())
        .containsExactly("id", "k", "code");
    succeed(
        "encode",
        "--model",
        path("model"),
        "--input",
        path("table"),
        "--keep-features",
        "--output",
        path("kept"));
    assertThat(LocalSpark.session().read().parquet(path("kept")).columns())
        .containsExactly("id", "x.1", "y", "k", "z", "code");
  }

  @Test
  void theReportNamesTheColumns() throws IOException {
    String report = path("report.html");
    succeed("report", "--model", path("model"), "--input", path("table"), "--output", report);
    for (Path html : new Path[] {Path.of(report), Path.of(path("model"), "report.html")}) {
      assertThat(Files.readAllLines(html))
          .filteredOn(line -> line.startsWith("<script type=\"application/json\""))
          .singleElement()
          .asString()
          .contains("\"data\":\"x.1 (double), y (float), z (double)\"")
          .contains("\"value\":\"[x.1, y, z]\"")
          .contains("\"head\":[\"\",\"x.1\",\"y\",\"z\",");
    }
  }

  @Test
  void otherColumnsOfTheTableTakeTheirPlace() {
    LocalSpark.session()
        .read()
        .parquet(path("table"))
        .selectExpr("`x.1` as p", "y as q", "z as r", "array(`x.1`, y, z) as v")
        .write()
        .parquet(path("renamed"));
    String[] measure = {"evaluate", "--model", path("model"), "--json", "--input"};
    String same = lastLine(measure, path("table"));
    assertThat(lastLine(measure, path("renamed"), "--input-cols", "p,q,r")).isEqualTo(same);
    assertThat(lastLine(measure, path("renamed"), "--features-col", "v")).isEqualTo(same);
    refused(
        "--input-cols x.1 is no column of the table: it has p, q, r, v",
        "evaluate",
        "--model",
        path("model"),
        "--input",
        path("renamed"));
  }

  private static String lastLine(String[] args, String... more) {
    Run run = succeed(Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
    return run.out().lines().reduce((first, second) -> second).orElseThrow();
  }

  @Test
  void columnsThatCannotBeReadAreNamedInTheWordsOfTheOptions() {
    refused("--input-cols k must be of numbers, not string", train("no", "--input-cols", "y,k"));
    refused(
        "--input-cols w is not among the columns id, x.1, y, k, z",
        train("no", "--input-cols", "y,w"));
    refused(
        "--features-col and --input-cols exclude each other: name the features by one of them",
        train("no", "--input-cols", "y,z", "--features-col", "y"));
    refused(
        "--features-col y must be a Vector, array<float> or array<double>, not float: columns of"
            + " numbers are named by --input-cols",
        train("no", "--features-col", "y"));
    refused(
        "--input-cols must be names of columns, each once, not [y, y]",
        train("no", "--input-cols", "y,y"));
    String[] encode = {
      "encode", "--model", path("model"), "--input", path("table"), "--output", path("no")
    };
    refused(
        "--input-cols must be 3 columns, as the model was trained on, not 2",
        with(encode, "--input-cols", "y,z"));
    refused("--input-cols k must be of numbers, not string", with(encode, "--input-cols", "y,z,k"));
    refused(
        "--features-col and --input-cols exclude each other: give one of them",
        with(encode, "--input-cols", "x.1,y,z", "--features-col", "y"));
    assertThat(folder.resolve("no")).doesNotExist();
  }

  private static String[] with(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void rowsOfNullAreNamedOrSkipped() {
    LocalSpark.session()
        .read()
        .parquet(path("table"))
        .withColumn("y", functions.expr("if(id = 7, null, y)"))
        .coalesce(1)
        .write()
        .parquet(path("holes"));
    String[] measure = {"evaluate", "--model", path("model"), "--input", path("holes")};
    Run run = Run.of(measure);
    assertThat(run.code()).isOne();
    assertThat(run.err())
        .contains("row 7 of partition 0 (counted from 0): column y is null")
        .contains("--handle-invalid to skip");
    assertThat(succeed(with(measure, "--handle-invalid", "skip")).err())
        .contains("warning: 1 of 80 rows were skipped as invalid");
  }
}
