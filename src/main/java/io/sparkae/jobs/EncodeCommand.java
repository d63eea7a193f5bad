package io.sparkae.jobs;

import io.sparkae.data.ParquetSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Writes a table with the codes of a saved model. */
final class EncodeCommand implements Command {
  private static final Option<String> INPUT = Common.input("table of the rows to encode (Parquet)");
  private static final Option<String> OUTPUT =
      Common.output("folder of the Parquet table: the other columns of the input and the new ones");
  private static final Option<String> OUTPUT_COL =
      Option.text("output-col", "COLUMN", "column of the codes").withDefault("code");
  private static final Option<String> RECONSTRUCTION_COL =
      Option.text(
          "reconstruction-col", "COLUMN", "column of the reconstructions; none unless named");
  private static final Option<String> ERROR_COL =
      Option.text(
          "error-col",
          "COLUMN",
          "column of the squared errors (sum over the features of a row); none unless named");
  private static final Option<String> FREE_ENERGY_COL =
      Option.text(
          "free-energy-col",
          "COLUMN",
          "column of the free energies of a restricted Boltzmann machine; none unless named");
  private static final Option<String> SAMPLE_COL =
      Option.text(
          "sample-col",
          "COLUMN",
          "column of where a restricted Boltzmann machine's Gibbs steps lead to from each row; none"
              + " unless named");
  private static final Option<Integer> SAMPLE_STEPS =
      Option.smallNumber("sample-steps", 1, "Gibbs steps of --sample-col; default 1");
  private static final Option<String> LOG_VARIANCE_COL =
      Option.text(
          "log-variance-col",
          "COLUMN",
          "column of the log-variances of a variational autoencoder's posteriors, whose means are"
              + " the codes; none unless named");
  private static final Option<String> CODE_SAMPLE_COL =
      Option.text(
          "code-sample-col",
          "COLUMN",
          "column of codes drawn from a variational autoencoder's posteriors; none unless named");
  private static final Option<String> ELBO_COL =
      Option.text(
          "elbo-col",
          "COLUMN",
          "column of a variational autoencoder's lower bounds of log p(x); none unless named");
  private static final Option<String> LOG_LIKELIHOOD_COL =
      Option.text(
          "log-likelihood-col",
          "COLUMN",
          "column of a variational autoencoder's estimates of log p(x); none unless named");
  private static final Option<Integer> LIKELIHOOD_SAMPLES =
      Option.smallNumber(
          "likelihood-samples",
          1,
          "samples of --elbo-col and --log-likelihood-col for each row; default 100");
  private static final Option<Long> SEED =
      Option.of(
          "seed",
          "N",
          "of all that is drawn; default that of the training",
          "a whole number",
          value -> Long.valueOf(value.trim()));
  private static final Option<String> PREDICTION_COL =
      Option.text(
          "prediction-col", "COLUMN", "column of a classifier's classes; default prediction");
  private static final Option<String> PROBABILITY_COL =
      Option.text(
          "probability-col",
          "COLUMN",
          "column of a classifier's probabilities; default probability");
  private static final Option<String> RAW_PREDICTION_COL =
      Option.text(
          "raw-prediction-col", "COLUMN", "column of a classifier's logits; default rawPrediction");
  private static final Option<String> DISCRIMINATOR_COL =
      Option.text(
              "discriminator-col",
              "COLUMN",
              "column of the probability, by the discriminator of a generative adversarial network,"
                  + " that a row is of the data")
          .withDefault("discriminator");
  private static final Option<Boolean> KEEP_FEATURES =
      Option.flag("keep-features", "keep the columns of the features, too");

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public String summary() {
    return "writes the codes (or classes; and, if named, reconstructions and errors) of a table's rows";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        OUTPUT,
        Common.FEATURES_COL,
        Common.INPUT_COLS,
        OUTPUT_COL,
        RECONSTRUCTION_COL,
        ERROR_COL,
        FREE_ENERGY_COL,
        SAMPLE_COL,
        SAMPLE_STEPS,
        LOG_VARIANCE_COL,
        CODE_SAMPLE_COL,
        ELBO_COL,
        LOG_LIKELIHOOD_COL,
        LIKELIHOOD_SAMPLES,
        SEED,
        PREDICTION_COL,
        PROBABILITY_COL,
        RAW_PREDICTION_COL,
        DISCRIMINATOR_COL,
        KEEP_FEATURES,
        Common.HANDLE_INVALID,
        Common.OVERWRITE,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      outputs.requireOutput(OUTPUT.name(), output, overwrite);
      outputs.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      outputs.requireApart(
          OUTPUT.name(), output, Common.SAVED_MODEL.name(), arguments.get(Common.SAVED_MODEL));
      Model<?> model = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      List<String> features = Common.setFeatures(model, arguments, table.schema());
      Common.setHandleInvalid(model, arguments);
      nameOutputs(model, arguments, table.schema());
      Dataset<Row> encoded = Common.transform(model, table);
      try {
        outputs.write(
            arguments.get(KEEP_FEATURES) ? encoded : encoded.drop(features.toArray(String[]::new)),
            output,
            overwrite);
      } catch (Exception e) {
        throw Common.inOptionWords(e);
      }
      Dataset<Row> written = ParquetSchema.read(session.spark(), output);
      long rows = written.count();
      Common.tellSkipped(table, rows, console);
      console.result(
          "%s: %d rows of %s", output, rows, String.join(", ", written.schema().fieldNames()));
    }
  }

  private static void nameOutputs(Model<?> model, Arguments arguments, StructType schema) {
    Models.clearOutputs(model);
    if (arguments.given(OUTPUT_COL) || model.hasParam("outputCol")) {
      name(model, arguments, schema, OUTPUT_COL, "outputCol");
    }
    if (arguments.given(DISCRIMINATOR_COL) || model.hasParam("discriminatorCol")) {
      name(model, arguments, schema, DISCRIMINATOR_COL, "discriminatorCol");
    }
    name(model, arguments, schema, RECONSTRUCTION_COL, "reconstructionCol");
    name(model, arguments, schema, ERROR_COL, "errorCol");
    name(model, arguments, schema, FREE_ENERGY_COL, "freeEnergyCol");
    name(model, arguments, schema, SAMPLE_COL, "sampleCol");
    name(model, arguments, schema, LOG_VARIANCE_COL, "logVarianceCol");
    name(model, arguments, schema, CODE_SAMPLE_COL, "codeSampleCol");
    name(model, arguments, schema, ELBO_COL, "elboCol");
    name(model, arguments, schema, LOG_LIKELIHOOD_COL, "logLikelihoodCol");
    name(model, arguments, schema, PREDICTION_COL, "predictionCol");
    name(model, arguments, schema, PROBABILITY_COL, "probabilityCol");
    name(model, arguments, schema, RAW_PREDICTION_COL, "rawPredictionCol");
    requireOneOf(arguments, SAMPLE_STEPS, SAMPLE_COL);
    requireOneOf(arguments, LIKELIHOOD_SAMPLES, ELBO_COL, LOG_LIKELIHOOD_COL);
    if (!Models.isVariational(model)) {
      requireOneOf(arguments, SEED, SAMPLE_COL);
    }
    arguments
        .find(SAMPLE_STEPS)
        .ifPresent(steps -> Models.set(model, "sampleSteps", steps, SAMPLE_STEPS.name()));
    arguments
        .find(LIKELIHOOD_SAMPLES)
        .ifPresent(
            count -> Models.set(model, "likelihoodSamples", count, LIKELIHOOD_SAMPLES.name()));
    arguments.find(SEED).ifPresent(seed -> Models.set(model, "seed", seed, SEED.name()));
  }

  /** Refuses an option that says how columns are made where none of them is. */
  private static void requireOneOf(Arguments arguments, Option<?> option, Option<?>... columns) {
    if (arguments.given(option) && Arrays.stream(columns).noneMatch(arguments::given)) {
      throw new UsageException(
          "--"
              + option.name()
              + " does nothing without "
              + Arrays.stream(columns)
                  .map(column -> "--" + column.name())
                  .collect(Collectors.joining(" or "))
              + ": name that column, too");
    }
  }

  private static void name(
      Model<?> model, Arguments arguments, StructType schema, Option<String> option, String param) {
    Optional<String> column = arguments.find(option);
    if (column.isEmpty()) {
      return;
    }
    if (Arrays.asList(schema.fieldNames()).contains(column.get())) {
      throw new UsageException(
          "--"
              + option.name()
              + " "
              + column.get()
              + " is a column of the input: name another one");
    }
    Models.set(model, param, column.get(), option.name());
  }
}
