package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.AutoencoderModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML report: beside a trained model, and made anew of saved ones. */
class ReportJobTest {
  private static final int WIDTH = 5;

  @TempDir private static Path folder;

  @BeforeAll
  static void tables() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      double[] values = random.doubles(WIDTH).toArray();
      values[2] = 0.5; // a constant feature
      rows.add(RowFactory.create(Vectors.dense(values), (double) (i % 3)));
    }
    StructType schema =
        new StructType().add("features", SQLDataTypes.VectorType()).add("label", "double");
    Dataset<Row> table = LocalSpark.session().createDataFrame(rows, schema).coalesce(1);
    table.write().parquet(path("numbers"));
    table.drop("label").limit(1).write().parquet(path("one"));
    table
        .select(functions.expr("slice(array(0.5D, label), 2, 1)").as("features"))
        .write()
        .parquet(path("narrow"));
    Random zeros = new Random(4);
    List<Row> sparse = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sparse.add(
          RowFactory.create(
              Vectors.sparse(200, new int[] {zeros.nextInt(200)}, new double[] {1}), 0.5));
    }
    LocalSpark.session().createDataFrame(sparse, schema).write().parquet(path("sparse"));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static void train(String table, String model, String... more) {
    train(table, model, 3, more);
  }

  private static void train(String table, String model, int codeSize, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--input",
                path(table),
                "--code-size",
                "" + codeSize,
                "--output",
                path(model)));
    args.addAll(List.of("--epochs", "2", "--batch-size", "20"));
    args.addAll(List.of(more));
    succeed(args.toArray(String[]::new));
  }

  private static JsonNode report(String file) throws IOException {
    return ReportPage.data(folder.resolve(file));
  }

  @Test
  void tableOfNumbersGetsCurvesErrorsAndCodesByLabel() throws IOException {
    train("numbers", "numbers-model", "--validation-fraction", "0.2");
    JsonNode model = report("numbers-model/report.html").get("models").get(0);
    AutoencoderModel saved = AutoencoderModel.load(path("numbers-model"));
    assertThat(model.get("curves").get("validation")).hasSize(2);
    assertThat(model.get("curves").get("losses").get("reconstruction").get(1).doubleValue())
        .isEqualTo(saved.summary().orElseThrow().objectiveHistory()[1]);
    assertThat(ReportPage.plane(model, "Codes").get("x")).hasSize(90);
    assertThat(ReportPage.plane(model, "Codes").get("labels")).hasSize(3);
    assertThat(ReportPage.plane(model, "Codes").get("groups").get(4).intValue()).isEqualTo(1);
    assertThat(ReportPage.plane(model, "Principal components").get("x")).hasSize(90);
    assertThat(model.get("units")).hasSize(3);
    assertThat(model.get("pictures")).isEmpty();
    assertThat(model.get("features")).hasSize(WIDTH);
    Dataset<Row> table = LocalSpark.session().read().parquet(path("numbers"));
    double error =
        saved.setErrorCol("e").transform(table).agg(functions.avg("e")).first().getDouble(0);
    double byFeature = 0;
    for (JsonNode feature : model.get("features")) {
      byFeature += feature.get("error").doubleValue();
    }
    assertThat(byFeature).isCloseTo(error, within(1e-6));
    JsonNode rows = model.get("tables").get(0);
    assertThat(rows.get("head")).hasSize(WIDTH + 2);
    assertThat(rows.get("lines")).hasSize(2 * 6);
    assertThat(rows.get("lines").get(0).get(1 + 2).doubleValue()).isEqualTo(0.5);
    assertThat(model.get("facts").get("network").textValue()).isEqualTo("5-3 and back");
    List<String> changed = new ArrayList<>();
    for (JsonNode setting : model.get("settings")) {
      if (!setting.get("isDefault").booleanValue()) {
        changed.add(setting.get("name").textValue() + "=" + setting.get("value").textValue());
      }
    }
    assertThat(changed)
        .containsExactlyInAnyOrder(
            "codeSize=3", "epochs=2", "batchSize=20", "validationFraction=0.2");
  }

  @Test
  void picturesAreDrawnWithTheirReconstructionsAndFilters() throws IOException {
    succeed("generate", "--set", "rect", "--rows", "40", "--output", path("pictures"));
    train("pictures", "pictures-model");
    JsonNode model = report("pictures-model/report.html").get("models").get(0);
    JsonNode pairs = ReportPage.picture(model, "Rows and their reconstructions");
    byte[] png = Base64.getDecoder().decode(pairs.get("uri").textValue().split(",")[1]);
    var sheet = ImageIO.read(new ByteArrayInputStream(png));
    int scale = 2; // 16 pictures of 28 pixels and their margins twice fit into 1100 pixels
    assertThat(sheet.getWidth()).isEqualTo(scale * (16 * 29 + 1));
    assertThat(sheet.getHeight()).isEqualTo(scale * (2 * 29 + 1));
    assertThat(ReportPage.picture(model, "Encoder filters").get("caption").textValue())
        .startsWith("Weights of 3 of the 3");
    assertThat(ReportPage.titles(model))
        .containsExactly("Rows and their reconstructions", "Ways between rows", "Encoder filters");
    assertThat(model.get("features")).isEmpty();
    assertThat(model.get("tables")).isEmpty();
  }

  @Test
  void modelsAreShownSideBySide() throws IOException {
    train("numbers", "first");
    train("numbers", "second", 1);
    succeed(
        "report",
        "--model",
        path("first") + "," + path("second"),
        "--input",
        path("numbers"),
        "--output",
        path("both.html"));
    JsonNode data = report("both.html");
    assertThat(data.get("title").textValue()).isEqualTo("2 models");
    assertThat(data.get("models").get(0).get("units")).hasSize(3);
    assertThat(data.get("models").get(1).get("units")).hasSize(1);
    Run again = Run.of("report", "--model", path("first"), "--output", path("both.html"));
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains(path("both.html")).contains("--overwrite");
  }

  @Test
  void withoutRowsCurvesAndSettingsAreShown() throws IOException {
    train("numbers", "bare", "--no-report");
    assertThat(folder.resolve("bare/report.html")).doesNotExist();
    succeed("report", "--model", path("bare"), "--output", path("bare.html"));
    JsonNode model = report("bare.html").get("models").get(0);
    assertThat(model.get("planes")).isEmpty();
    assertThat(model.get("notes").get(0).textValue()).contains("--input");
    assertThat(model.get("curves").get("stepSizes")).hasSize(2);
  }

  @Test
  void oddTablesHaveReportsToo() throws IOException {
    train("one", "one-model");
    assertThat(report("one-model/report.html").get("models").get(0).get("planes"))
        .as("the codes alone")
        .isEmpty();
    train("narrow", "narrow-model");
    JsonNode narrow = report("narrow-model/report.html").get("models").get(0);
    assertThat(ReportPage.plane(narrow, "Principal components").get("groups"))
        .as("no labels")
        .isEmpty();
    train("sparse", "sparse-model");
    JsonNode sparse = report("sparse-model/report.html").get("models").get(0);
    assertThat(ReportPage.plane(sparse, "Codes").get("groups"))
        .as("labels that are no classes")
        .isEmpty();
    assertThat(sparse.get("features")).hasSize(20);
  }

  @Test
  void failingReportDoesNotCostTheModel() {
    Autoencoder estimator = new Autoencoder().setEpochs(1).setCodeSize(2);
    Dataset<Row> table = LocalSpark.session().read().parquet(path("numbers"));
    AutoencoderModel model = estimator.fit(table);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, false);
    assertThat(ReportCommand.ofTrained("m", model, table.drop("features"), console)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("no report: featuresCol features is not among the columns");
  }
}
