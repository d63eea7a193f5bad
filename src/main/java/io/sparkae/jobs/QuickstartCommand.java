package io.sparkae.jobs;

import io.sparkae.data.ParquetSource;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.ReconstructionEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Shows the whole way on real or generated data: ingest, train, encode, classify, compare. */
final class QuickstartCommand implements Command {
  private static final int CODE_SIZE = 30;
  private static final int CLASSIFIER_ITERATIONS = 50;

  private static final String DEFAULT_FOLDER = "out/quickstart";

  private static final Option<String> DATA =
      Option.text(
          "data",
          "FOLDER",
          "where MNIST's four files lie; default the variable SPARKAE_DATA, then a download (11 MB)"
              + " kept in ~/.cache/sparkae, then drawn digits");
  private static final Option<Boolean> OFFLINE =
      Option.flag("offline", "download nothing; use what was downloaded before, or drawn digits");
  private static final Option<String> OUTPUT =
      Option.text(
          "output",
          "FOLDER",
          "folder for tables and model; default out/quickstart, and where that exists, unless it is"
              + " to be overwritten, -2, ...");
  private static final Option<Integer> EPOCHS =
      Option.smallNumber("epochs", 1, "passes of the training").withDefault("10");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of everything random").withDefault("1");

  @Override
  public String name() {
    return "quickstart";
  }

  @Override
  public String summary() {
    return "trains, encodes and classifies a small set and compares with PCA (a few minutes)";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(DATA, OFFLINE, OUTPUT, EPOCHS, SEED, Common.OVERWRITE, Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    long start = System.nanoTime();
    boolean overwrite = arguments.get(Common.OVERWRITE);
    String output =
        arguments.find(OUTPUT).orElseGet(() -> overwrite ? DEFAULT_FOLDER : unusedFolder());
    arguments.find(DATA).ifPresent(folder -> Mnist.require(DATA.name(), folder));
    try (Session session = Session.open(this, arguments)) {
      SparkSession spark = session.spark();
      Outputs outputs = new Outputs(spark);
      requireOutput(outputs, output, overwrite);
      QuickstartData data = ingest(spark, outputs, arguments, output, overwrite, console);
      AutoencoderModel model = train(data, arguments, outputs, output, overwrite, console);
      Comparison comparison = compare(data, model, outputs, output, overwrite, console);
      console.result("");
      comparison.lines().forEach(line -> console.result("%s", line));
      console.result("");
      NextSteps.lines(output).forEach(line -> console.result("%s", line));
      console.progress("%.0f s in all", (System.nanoTime() - start) / 1e9);
    }
  }

  /** With --overwrite the parts are replaced, and what else lies in the folder stays. */
  private static void requireOutput(Outputs outputs, String output, boolean overwrite)
      throws IOException {
    if (!overwrite) {
      outputs.requireOutput(OUTPUT.name(), output, false);
    }
    for (String part : List.of("train", "test", "model", "train-codes", "test-codes")) {
      outputs.requireOutput(OUTPUT.name(), output + "/" + part, overwrite);
    }
  }

  private static QuickstartData ingest(
      SparkSession spark,
      Outputs outputs,
      Arguments arguments,
      String output,
      boolean overwrite,
      Console console)
      throws IOException {
    QuickstartData found =
        QuickstartData.find(
            spark,
            MnistSearch.of(arguments.find(DATA), arguments.get(OFFLINE)),
            arguments.get(SEED),
            file -> console.progress("downloaded: %s", file));
    console.progress("data: %s", found.title());
    outputs.write(found.train(), output + "/train", overwrite);
    outputs.write(found.test(), output + "/test", overwrite);
    QuickstartData ingested =
        new QuickstartData(
            found.title(),
            ParquetSource.read(spark, output + "/train"),
            ParquetSource.read(spark, output + "/test"));
    console.progress(
        "ingested: %s/train (%d rows), %s/test (%d rows)",
        output, ingested.train().count(), output, ingested.test().count());
    return ingested;
  }

  private static AutoencoderModel train(
      QuickstartData data,
      Arguments arguments,
      Outputs outputs,
      String output,
      boolean overwrite,
      Console console)
      throws IOException {
    Autoencoder autoencoder =
        new Autoencoder()
            .setHiddenLayers(new int[] {500, 250})
            .setCodeSize(CODE_SIZE)
            .setActivation("relu")
            .setCodeActivation("linear")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .setOptimizer("adam")
            .setStepSize(0.001)
            .setBatchSize(256)
            .setEpochs(arguments.get(EPOCHS))
            .setSeed(arguments.get(SEED));
    console.progress("training an autoencoder 784-500-250-%d and back", CODE_SIZE);
    Progress.attach(autoencoder, console);
    AutoencoderModel model = autoencoder.fit(data.train());
    Optional<String> report =
        ReportCommand.ofTrained(output + "/model", model, data.train(), console);
    TrainCommand.save(outputs, model, report, output + "/model", overwrite);
    console.progress("model: %s/model", output);
    return model;
  }

  private static Comparison compare(
      QuickstartData data,
      AutoencoderModel model,
      Outputs outputs,
      String output,
      boolean overwrite,
      Console console)
      throws IOException {
    Comparison comparison = new Comparison("softmax regression");
    Inputs inputs = new Inputs(data.train().sparkSession());
    double error = reconstructionError(model, data.test());
    model.setOutputCol("code");
    String codes = output + "/train-codes";
    String testCodes = output + "/test-codes";
    outputs.write(model.transform(data.train()).select("label", "code"), codes, overwrite);
    outputs.write(model.transform(data.test()).select("label", "code"), testCodes, overwrite);
    console.progress("codes: %s, %s", codes, testCodes);

    console.progress("classifying the raw pixels");
    double rawError = classifierError(data.train(), data.test(), "features");
    comparison.add("raw pixels (784)", rawError, OptionalDouble.empty());

    console.progress("fitting PCA and classifying its codes");
    PcaBaseline pca = PcaBaseline.fit(data.train(), "features", "code", CODE_SIZE);
    double pcaError = classifierError(pca.encode(data.train()), pca.encode(data.test()), "code");
    comparison.add(
        "PCA (" + CODE_SIZE + ")",
        pcaError,
        OptionalDouble.of(pca.squaredErrorPerRow(data.test())));

    console.progress("classifying the learned codes");
    double codeError =
        classifierError(inputs.table("train", codes), inputs.table("test", testCodes), "code");
    comparison.add("autoencoder (" + CODE_SIZE + ")", codeError, OptionalDouble.of(error));
    return comparison;
  }

  private static double reconstructionError(AutoencoderModel model, Dataset<Row> test) {
    model.setReconstructionCol("reconstruction");
    double error =
        new ReconstructionEvaluator()
            .setReconstructionCol("reconstruction")
            .evaluate(model.transform(test));
    model.clear(model.reconstructionCol());
    return error;
  }

  private static double classifierError(Dataset<Row> train, Dataset<Row> test, String features) {
    Model<?> classifier =
        Classifiers.fit(Classifiers.LOGISTIC, train, features, "label", CLASSIFIER_ITERATIONS, 0);
    return Classifiers.score(classifier, test, "label").errorPercent();
  }

  /** The first of out/quickstart, out/quickstart-2, ... that does not exist. */
  private static String unusedFolder() {
    String folder = DEFAULT_FOLDER;
    for (int i = 2; Files.exists(Path.of(folder)); i++) {
      folder = DEFAULT_FOLDER + "-" + i;
    }
    return folder;
  }
}
