package io.sparkae.jobs;

import static org.apache.spark.sql.functions.lit;

import io.sparkae.core.Check;
import io.sparkae.data.StageMetadata;
import io.sparkae.ml.AdversarialAutoencoder;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.ml.CheckpointParams;
import io.sparkae.ml.EncoderClassifier;
import io.sparkae.ml.SavedModels;
import io.sparkae.spark.InputColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Trains a model on a table and saves it; the model's Params are the options. */
final class TrainCommand implements Command {
  /** The report in a model's folder. */
  static final String REPORT = "report.html";

  private static final Option<String> MODEL =
      Option.choice("model", Models.names(), "what is trained").withDefault(Models.names().get(0));
  private static final Option<String> INPUT = Common.input("table of the training rows (Parquet)");
  private static final Option<String> OUTPUT = Common.output("folder to save the model in");

  private static final Option<String> VALIDATION =
      Option.text(
          "validation",
          "PATH",
          "table of rows to validate each epoch on, instead of --validation-fraction");

  private static final Option<Boolean> NO_REPORT =
      Option.flag("no-report", "leave out the file " + REPORT + " in the model's folder");

  private static final String ENCODER = "encoder";
  private static final String PRIOR_SAMPLES = "prior-samples";
  private static final String IS_VALIDATION = "sparkae_validation";

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "trains a model on a table and saves it; --model NAME --help tells the options of that model";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    List<Option<?>> options = new ArrayList<>(List.of(MODEL, INPUT, VALIDATION, OUTPUT));
    String model = CommandLine.peek(MODEL, args).orElse(MODEL.defaultValue());
    paramOptions(Models.estimator(model)).options().stream()
        .map(Checkpoints::described)
        .forEach(options::add);
    options.add(NO_REPORT);
    options.add(Common.OVERWRITE);
    options.add(Common.MASTER);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    Estimator<?> estimator = Models.estimator(arguments.get(MODEL));
    ParamOptions params = paramOptions(estimator);
    params.apply(arguments);
    nameIndicator(estimator, arguments);
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      Checkpoints checkpoints =
          Checkpoints.of((CheckpointParams) estimator, output, session.spark(), outputs, console);
      if (checkpoints.resumed() && !overwrite) {
        Optional<FinishedTraining> finished =
            FinishedTraining.find(session.spark(), output, estimator, params, checkpoints);
        if (finished.isPresent()) {
          checkpoints.clear();
          console.result("%s", finished.get().line(output));
          return;
        }
      }
      outputs.requireOutput(OUTPUT.name(), output, overwrite);
      outputs.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      if (arguments.find(VALIDATION).isPresent()) {
        outputs.requireApart(OUTPUT.name(), output, VALIDATION.name(), arguments.get(VALIDATION));
      }
      requireEncoder(inputs, estimator, session.spark());
      if (estimator instanceof EncoderClassifier classifier) {
        outputs.requireApart(OUTPUT.name(), output, ENCODER, classifier.getEncoder());
      }
      if (estimator instanceof AdversarialAutoencoder adversarial
          && adversarial.getPriorSamples() != null) {
        String samples = adversarial.getPriorSamples();
        inputs.table(PRIOR_SAMPLES, samples);
        outputs.requireApart(OUTPUT.name(), output, PRIOR_SAMPLES, samples);
      }
      Dataset<Row> table = table(inputs, estimator, params, arguments);
      checkpoints.announce();
      Progress.attach(estimator, console);
      long start = System.nanoTime();
      Model<?> model = fit(estimator, params, table, checkpoints);
      double seconds = (System.nanoTime() - start) / 1e9;
      Optional<String> report = Optional.empty();
      try {
        if (!arguments.get(NO_REPORT)) {
          report = ReportCommand.ofTrained(output, model, table, console);
        }
        save(outputs, model, report, output, overwrite);
      } catch (Throwable failure) { // the model is lost: all of it is in the checkpoints
        checkpoints.tellKept();
        throw failure;
      }
      checkpoints.clear();
      console.result("%s: %s trained in %.1f s", output, arguments.get(MODEL), seconds);
      report.ifPresent(html -> console.result("%s/%s shows how it went", output, REPORT));
    }
  }

  /** The saved model that a classifier starts from. */
  private static void requireEncoder(Inputs inputs, Estimator<?> estimator, SparkSession spark)
      throws IOException {
    if (estimator instanceof EncoderClassifier classifier) {
      if (classifier.getEncoder() == null) {
        throw new UsageException(
            "--encoder is missing: name the folder of a saved autoencoder (train makes one)");
      }
      inputs.requireInput(ENCODER, classifier.getEncoder());
      inputs.requireInside(
          ENCODER, classifier.getEncoder(), "metadata", "a saved model (train makes one)");
      requireAutoencoder(classifier.getEncoder(), spark);
    }
  }

  private static void requireAutoencoder(String path, SparkSession spark) {
    StageMetadata metadata = StageMetadata.load(spark, path);
    if (!metadata.className().equals(AutoencoderModel.class.getName())) {
      throw new UsageException(
          "--"
              + ENCODER
              + " "
              + path
              + " is "
              + Check.withArticle(metadata.simpleName())
              + ", not an autoencoder");
    }
  }

  /** Rows of --validation are told from the others by a column. */
  private static void nameIndicator(Estimator<?> estimator, Arguments arguments) {
    if (arguments.find(VALIDATION).isPresent()) {
      String param = "validationIndicatorCol";
      if (estimator.hasParam(param) && estimator.isSet(estimator.getParam(param))) {
        throw new UsageException(
            "--validation and --validation-indicator-col exclude each other: give one of them");
      }
      Models.set(estimator, param, IS_VALIDATION, VALIDATION.name());
    }
  }

  /** The training rows, with those to validate on, if there are any, marked and at the end. */
  private static Dataset<Row> table(
      Inputs inputs, Estimator<?> estimator, ParamOptions params, Arguments arguments)
      throws IOException {
    Dataset<Row> training = inputs.table(INPUT.name(), arguments.get(INPUT));
    if (arguments.find(VALIDATION).isEmpty()) {
      checkSchema(estimator, params, training);
      return training;
    }
    String path = arguments.get(VALIDATION);
    Dataset<Row> marked = training.withColumn(IS_VALIDATION, lit(false));
    Dataset<Row> validation =
        inputs.table(VALIDATION.name(), path).withColumn(IS_VALIDATION, lit(true));
    checkSchema(estimator, params, marked);
    checkSchema(estimator, params, validation);
    checkTypes(training.schema(), validation.schema(), path);
    Column[] common =
        Arrays.stream(validation.columns())
            .filter(List.of(marked.columns())::contains)
            .map(InputColumn::named)
            .toArray(Column[]::new);
    return marked.unionByName(validation.select(common), true);
  }

  private static void checkTypes(StructType training, StructType validation, String path) {
    for (StructField field : training.fields()) {
      for (StructField other : validation.fields()) {
        if (field.name().equals(other.name()) && !field.dataType().equals(other.dataType())) {
          throw new UsageException(
              String.format(
                  "--validation %s has %s of type %s, but --input of type %s",
                  path,
                  field.name(),
                  other.dataType().simpleString(),
                  field.dataType().simpleString()));
        }
      }
    }
  }

  private static ParamOptions paramOptions(Estimator<?> estimator) {
    return new ParamOptions(estimator, Models.outputs());
  }

  private static void checkSchema(Estimator<?> estimator, ParamOptions params, Dataset<Row> table) {
    try {
      estimator.transformSchema(table.schema());
    } catch (IllegalArgumentException e) {
      throw new UsageException(params.inOptionWords(e.getMessage()));
    }
  }

  private static Model<?> fit(
      Estimator<?> estimator, ParamOptions params, Dataset<Row> table, Checkpoints checkpoints) {
    try {
      return estimator.fit(table);
    } catch (IllegalArgumentException e) {
      throw new UsageException(params.inOptionWords(e.getMessage()));
    } catch (Exception e) {
      checkpoints.tellKept();
      throw Failures.inWords(e, params::compoundInOptionWords);
    } catch (Error e) {
      checkpoints.tellKept();
      throw e;
    }
  }

  /** Saves a model as Spark ML does, with its report if there is one, whole or not at all. */
  static void save(
      Outputs outputs, Model<?> model, Optional<String> report, String output, boolean overwrite)
      throws IOException {
    outputs.whole(
        output,
        overwrite,
        folder -> {
          SavedModels.write(model, folder);
          if (report.isPresent()) {
            outputs.createFile(
                folder + "/" + REPORT, report.get().getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
