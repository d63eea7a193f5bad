package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.data.Rectangles;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.TrainingSummary;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need a model, one after another as a person runs them. */
class AutoencoderJobsTest {
  private static final int ROWS = 300;

  @TempDir private static Path folder;

  @BeforeAll
  static void ingestAndTrain() {
    LocalSpark.session();
    succeed("generate", "--set", "rect", "--rows", "" + ROWS, "--output", path("table"));
    succeed(
        "train",
        "--input",
        path("table"),
        "--hidden-layers",
        "20",
        "--code-size",
        "5",
        "--epochs",
        "2",
        "--batch-size",
        "50",
        "--seed",
        "3",
        "--output",
        path("model"));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  @Test
  void encodeKeepsTheOtherColumnsAndAddsThoseThatAreNamed() {
    succeed(
        "encode",
        "--model",
        path("model"),
        "--input",
        path("table"),
        "--output",
        path("codes"),
        "--reconstruction-col",
        "rebuilt",
        "--error-col",
        "error");
    Dataset<Row> codes = LocalSpark.session().read().parquet(path("codes"));
    assertThat(codes.schema().fieldNames())
        .containsExactlyInAnyOrder("label", "code", "rebuilt", "error");
    assertThat(codes.first().<Vector>getAs("code").size()).isEqualTo(5);
    assertThat(codes.first().<Vector>getAs("rebuilt").size()).isEqualTo(Rectangles.PIXELS);
    assertThat(codes.count()).isEqualTo(ROWS);
    succeed(
        "encode",
        "--model",
        path("model"),
        "--input",
        path("table"),
        "--output",
        path("all"),
        "--output-col",
        "h",
        "--keep-features");
    assertThat(LocalSpark.session().read().parquet(path("all")).schema().fieldNames())
        .containsExactlyInAnyOrder("features", "label", "h");
  }

  @Test
  void validationTableIsValidatedOnAndNotTrainedOn() {
    LocalSpark.session()
        .read()
        .parquet(path("table"))
        .drop("label")
        .limit(40)
        .write()
        .parquet(path("held"));
    succeed(
        "train",
        "--input",
        path("table"),
        "--validation",
        path("held"),
        "--patience",
        "1",
        "--validation-tol",
        "0.9",
        "--epochs",
        "9",
        "--output",
        path("validated"));
    TrainingSummary summary = AutoencoderModel.load(path("validated")).summary().orElseThrow();
    assertThat(summary.rows()).isEqualTo(ROWS);
    assertThat(summary.validationRows()).isEqualTo(40);
    assertThat(summary.validationHistory()).as("no epoch is ten times better").hasSize(2);
    assertThat(summary.stoppedEarly()).isTrue();
  }

  @Test
  void validationTableOfAnotherKindIsRefused() {
    LocalSpark.session().range(5).toDF("label").write().parquet(path("narrow"));
    Run missing =
        Run.of(
            "train",
            "--input",
            path("table"),
            "--validation",
            path("narrow"),
            "--output",
            path("no"));
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err())
        .contains("--features-col features is not among the columns label, sparkae_validation");
    LocalSpark.session()
        .read()
        .parquet(path("table"))
        .withColumn("label", functions.lit("x"))
        .write()
        .parquet(path("typed"));
    Run typed =
        Run.of(
            "train",
            "--input",
            path("table"),
            "--validation",
            path("typed"),
            "--output",
            path("no"));
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains(
            "--validation "
                + path("typed")
                + " has label of type string, but --input of type double");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void columnsThatTheModelNamesAreNotMadeUnasked() throws IOException {
    AutoencoderModel.load(path("model")).setReconstructionCol("label").write().save(path("named"));
    succeed(
        "encode", "--model", path("named"), "--input", path("table"), "--output", path("asked"));
    assertThat(LocalSpark.session().read().parquet(path("asked")).schema().fieldNames())
        .containsExactlyInAnyOrder("label", "code");
    succeed("evaluate", "--model", path("named"), "--input", path("table"));
  }

  @Test
  void invalidRowsStopTheRunUnlessTheyAreToBeSkipped() throws IOException {
    Dataset<Row> holed =
        LocalSpark.session()
            .read()
            .parquet(path("table"))
            .selectExpr("if(label > 0.5, features, null) as features", "label");
    holed.write().parquet(path("holed"));
    long valid = holed.filter("features is not null").count();
    Run train = Run.of("train", "--input", path("holed"), "--output", path("never"));
    assertThat(train.code()).isEqualTo(Main.FAILURE);
    assertThat(train.err()).contains("--handle-invalid");
    String[] evaluate = {"evaluate", "--model", path("model"), "--input", path("holed"), "--json"};
    Run stopped = Run.of(evaluate);
    assertThat(stopped.code()).isEqualTo(Main.FAILURE);
    assertThat(stopped.err()).contains("--handle-invalid");
    String[] skipping = Arrays.copyOf(evaluate, evaluate.length + 2);
    skipping[evaluate.length] = "--handle-invalid";
    skipping[evaluate.length + 1] = "skip";
    Run skipped = succeed(skipping);
    assertThat(skipped.json().get("rows").asLong()).isEqualTo(valid);
    assertThat(skipped.err().strip())
        .isEqualTo("warning: " + (ROWS - valid) + " of " + ROWS + " rows were skipped as invalid");
    succeed(
        "encode",
        "--model",
        path("model"),
        "--input",
        path("holed"),
        "--output",
        path("whole"),
        "--handle-invalid",
        "skip");
    assertThat(LocalSpark.session().read().parquet(path("whole")).count()).isEqualTo(valid);
  }

  @Test
  void whatDoesNotSuitTheModelIsOneLineInTheWordsOfTheOptions() {
    LocalSpark.session()
        .sql("select array(1D, 2D) features, double(id % 2) label from range(9)")
        .write()
        .parquet(path("thin"));
    LocalSpark.session().range(3).write().parquet(path("bare"));
    String[] encode = {
      "encode",
      "--model",
      path("model"),
      "--input",
      path("thin"),
      "--output",
      path("none"),
      "--handle-invalid",
      "skip"
    };
    assertRefused(
        Run.of(encode),
        "encode: column features has 2 elements, but the model was trained on 784:"
            + " take the column or the model that fits");
    assertThat(folder.resolve("none")).doesNotExist();
    encode[4] = path("table");
    encode[7] = "--reconstruction-col";
    encode[8] = "code";
    assertRefused(
        Run.of(encode), "encode: --reconstruction-col code is already a column: name another");
    succeed(
        "classify",
        "--train",
        path("table"),
        "--test",
        path("table"),
        "--classifier",
        "svm",
        "--max-iter",
        "1",
        "--output",
        path("svm"));
    assertRefused(
        Run.of("evaluate", "--model", path("svm"), "--input", path("table")),
        "evaluate: --model " + path("svm") + " is a OneVsRestModel, not a model that train made");
    assertRefused(
        Run.of("bench", "--input", path("bare")),
        "bench: --input " + path("bare") + " has no column features: it has id");
  }

  private static void assertRefused(Run run, String line) {
    assertThat(run.err().strip()).isEqualTo("sparkae " + line);
    assertThat(run.code()).isEqualTo(Main.USAGE);
  }

  @Test
  void evaluateGivesTheMeanOfTheSquaredErrorsOfTheRows() throws IOException {
    succeed(
        "encode",
        "--model",
        path("model"),
        "--input",
        path("table"),
        "--output",
        path("rebuilt"),
        "--reconstruction-col",
        "rebuilt",
        "--keep-features");
    double sum = 0;
    for (Row row : LocalSpark.session().read().parquet(path("rebuilt")).collectAsList()) {
      double[] x = row.<Vector>getAs("features").toArray();
      double[] y = row.<Vector>getAs("rebuilt").toArray();
      for (int i = 0; i < x.length; i++) {
        sum += (x[i] - y[i]) * (x[i] - y[i]);
      }
    }
    Run run = succeed("evaluate", "--model", path("model"), "--input", path("table"), "--json");
    assertThat(run.json().get("rows").asLong()).isEqualTo(ROWS);
    assertThat(run.json().get("squaredErrorPerRow").asDouble())
        .isCloseTo(sum / ROWS, within(1e-3 * sum / ROWS));
  }

  @Test
  void theSameSeedTrainsTheSameModelFromAConfFile() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("train.conf"),
            "hidden-layers = [20]\ncode-size = 4\nepochs = 2\nbatch-size = 50\nseed = 3\n");
    succeed(
        "train",
        "--conf-file",
        conf.toString(),
        "--code-size",
        "5",
        "--input",
        path("table"),
        "--output",
        path("again"));
    String[] models = {path("model"), path("again")};
    Run first = succeed("evaluate", "--model", models[0], "--input", path("table"), "--json");
    Run second = succeed("evaluate", "--model", models[1], "--input", path("table"), "--json");
    assertThat(second.json()).isEqualTo(first.json());
  }

  @Test
  void theConfFileOfTheRepositoryIsAccepted() {
    Run run =
        Run.of(
            "train",
            "--conf-file",
            "conf/deep-autoencoder.conf",
            "--input",
            path("none"),
            "--output",
            path("deep"));
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains("--input", "does not exist");
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedInTheWordsOfTheOptions() {
    Run zero = Run.of("train", "--code-size", "0", "--input", path("x"), "--output", path("y"));
    assertThat(zero.code()).isEqualTo(Main.USAGE);
    assertThat(zero.err().strip())
        .isEqualTo("sparkae train: --code-size must be a whole number of at least 1, not 0");
    Run loss =
        Run.of(
            "train",
            "--loss",
            "crossEntropy",
            "--output-activation",
            "linear",
            "--input",
            path("table"),
            "--output",
            path("y"));
    assertThat(loss.code()).isEqualTo(Main.USAGE);
    assertThat(loss.err()).contains("--output-activation", "sigmoid");
    assertThat(loss.err().lines()).hasSize(1);
  }

  @Test
  void helpOfTrainHasTheParamsOfTheModel() {
    assertThat(succeed("train", "--help").out())
        .contains("--hidden-layers", "--code-size", "--steps-per-round", "--optimizer", "default");
  }

  @Test
  void trainTellsItsEpochs() {
    Run run =
        succeed(
            "train",
            "--input",
            path("table"),
            "--code-size",
            "2",
            "--epochs",
            "3",
            "--output",
            path("told"));
    assertThat(run.err()).contains("epoch 1/3", "epoch 3/3");
  }

  @Test
  void trainTakesEachStepOnAllRowsIfAsked() throws IOException {
    Run run =
        succeed(
            "train",
            "--input",
            path("table"),
            "--code-size",
            "2",
            "--optimizer",
            "lbfgs",
            "--max-iter",
            "3",
            "--output",
            path("full"));
    assertThat(run.err())
        .contains("at most 3 iterations of lbfgs", "iteration 1/3: loss", "iteration 3/3: loss");
    assertThat(Files.readString(folder.resolve("full/report.html")))
        .contains("\"unit\":\"iteration\"", "\"iterations\":\"3 of at most 3\"");
    Run refused =
        Run.of(
            "train",
            "--input",
            path("table"),
            "--optimizer",
            "lbfgs",
            "--epochs",
            "3",
            "--output",
            path("refused"));
    assertThat(refused.code()).isEqualTo(Main.USAGE);
    assertThat(refused.err().strip())
        .isEqualTo(
            "sparkae train: --epochs does nothing with --optimizer lbfgs, whose steps are on all"
                + " rows and as long as a line search finds: leave it out, and say with --max-iter"
                + " and --tol where to end");
  }

  @Test
  void quickstartComparesOnTheDataItFinds() throws IOException {
    Path mnist = Files.createDirectories(folder.resolve("data/mnist"));
    writeIdx(mnist, "train", 0, 400);
    writeIdx(mnist, "t10k", 400, 100);
    Run run =
        succeed("quickstart", "--data", path("data"), "--epochs", "1", "--output", path("quick"));
    assertThat(run.out())
        .contains("raw pixels (784)", "PCA (30)", "autoencoder (30)")
        .contains(path("quick"));
    assertThat(run.err()).contains("MNIST", "400 rows", "100 rows", "epoch 1/1");
    for (String name : List.of("train", "test", "model", "train-codes", "test-codes")) {
      assertThat(folder.resolve("quick").resolve(name)).isDirectory();
    }
  }

  /** Rectangles as files of the names and format of MNIST. */
  private static void writeIdx(Path into, String prefix, int firstRow, int rows)
      throws IOException {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    new DataOutputStream(labels).writeInt(0x801);
    new DataOutputStream(labels).writeInt(rows);
    for (int number : new int[] {0x803, rows, 28, 28}) {
      new DataOutputStream(images).writeInt(number);
    }
    Rectangles rectangles = new Rectangles(1);
    double[] pixels = new double[Rectangles.PIXELS];
    for (int row = firstRow; row < firstRow + rows; row++) {
      labels.write(rectangles.draw(row, pixels));
      for (double pixel : pixels) {
        images.write((int) (255 * pixel));
      }
    }
    Files.write(into.resolve(prefix + "-images-idx3-ubyte"), images.toByteArray());
    Files.write(into.resolve(prefix + "-labels-idx1-ubyte"), labels.toByteArray());
  }
}
