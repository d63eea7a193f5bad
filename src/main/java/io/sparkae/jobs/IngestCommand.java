package io.sparkae.jobs;

import io.sparkae.data.FeatureProvenance;
import io.sparkae.data.FeatureScaler;
import io.sparkae.data.Labels;
import io.sparkae.data.ParquetSchema;
import io.sparkae.data.RowRanges;
import io.sparkae.data.Scaling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Turns data of several formats into a Parquet table of features and labels. */
final class IngestCommand implements Command {
  private static final Option<String> FORMAT =
      Option.choice("format", InputFormats.names(), "what is read. " + InputFormats.summaries())
          .asRequired();
  private static final Option<String> INPUT =
      Option.text("input", "PATH", "file, folder of files or table to read").asRequired();
  private static final Option<String> OUTPUT =
      Common.output("folder of the Parquet table: columns features and, if known, label");
  private static final Option<String> SCALE =
      Option.choice(
              "scale",
              List.of("none", "unit", "standard"),
              "what to do with the numbers: nothing; bring each feature into [0, 1] (idx: divide"
                  + " bytes by 255); mean 0 and deviation 1. Sparse rows keep their zeros. What was"
                  + " found on these rows is saved with the table, for --scaler")
          .withDefault("none");
  private static final Option<String> SCALER =
      Option.text(
          "scaler",
          "TABLE",
          "scale these rows as that table was (and number their labels as there), instead of"
              + " --scale");
  private static final Option<Long> FIRST_ROW =
      Option.wholeNumber("first-row", 0, "index of the first row to keep").withDefault("0");
  private static final Option<Long> ROWS =
      Option.wholeNumber("rows", 1, "rows to keep from there on; default all");

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "turns CSV, IDX, LIBSVM, Parquet and other files into a table of features";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    List<Option<?>> options =
        new ArrayList<>(List.of(FORMAT, INPUT, OUTPUT, SCALE, SCALER, FIRST_ROW, ROWS));
    options.addAll(InputFormats.options());
    options.add(Common.OVERWRITE);
    options.add(Common.MASTER);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    InputFormat format = InputFormats.of(arguments.get(FORMAT));
    InputFormats.refuseOthers(format, arguments);
    if (arguments.differs(SCALE) && arguments.given(SCALER)) {
      throw new UsageException("--scale and --scaler exclude each other: give one of them");
    }
    if (arguments.differs(SCALE) && InputFormats.keepsMissing(arguments)) {
      throw new UsageException(
          "--scale cannot learn from rows with missing features (--handle-invalid keep): scale them"
              + " as the table of the training was, by --scaler");
    }
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      List<Option<String>> paths = new ArrayList<>(List.of(INPUT, SCALER));
      paths.addAll(format.paths());
      for (Option<String> path : paths) {
        if (arguments.given(path)) {
          inputs.requireInput(path.name(), arguments.get(path));
          outputs.requireApart(OUTPUT.name(), output, path.name(), arguments.get(path));
        }
      }
      outputs.requireOutput(OUTPUT.name(), output, overwrite);
      Scaled scaled = read(session.spark(), inputs, format, arguments, console);
      outputs.whole(output, overwrite, folder -> scaled.write(folder));
      report(ParquetSchema.read(session.spark(), output), output, console);
    }
  }

  /** A table and the scaler that it went through, if any. */
  private record Scaled(Dataset<Row> table, Optional<FeatureScaler> scaler) {
    void write(String folder) throws IOException {
      table.write().parquet(folder);
      if (scaler.isPresent()) {
        scaler.get().save(folder);
      }
    }
  }

  private static Scaled read(
      SparkSession spark, Inputs inputs, InputFormat format, Arguments arguments, Console console)
      throws IOException {
    Scaling scaling = Scaling.valueOf(arguments.get(SCALE).toUpperCase(Locale.ROOT));
    try {
      Optional<FeatureScaler> given = Optional.empty();
      List<String> labelNames = List.of();
      if (arguments.given(SCALER)) {
        String path = arguments.get(SCALER);
        labelNames = Labels.names(inputs.table(SCALER.name(), path).schema());
        given = FeatureScaler.load(spark, path);
        if (given.isEmpty()) {
          scaling = scalingOf(inputs.table(SCALER.name(), path), path, format);
        }
      }
      InputFormat.Request request =
          new InputFormat.Request(
              spark, inputs, arguments, arguments.get(INPUT), labelNames, console);
      Dataset<Row> table = chosen(format.read(request, scaling), arguments);
      if (given.isPresent()) {
        requireWidth(given.get(), table, arguments);
        return new Scaled(given.get().apply(table), given);
      }
      boolean done = scaling == Scaling.UNIT && format.hasKnownRange();
      if (scaling == Scaling.NONE || done) {
        return new Scaled(table, Optional.empty());
      }
      FeatureScaler fitted = FeatureScaler.fit(table, scaling);
      return new Scaled(fitted.apply(table), Optional.of(fitted));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          e.getMessage()
              .replace("handleInvalid", "--handle-invalid")
              .replace("name the features without it", "name the columns to use by --features")
              .replace("by schema", "by --schema"));
    }
  }

  private static Dataset<Row> chosen(Dataset<Row> table, Arguments arguments) {
    boolean all = arguments.get(FIRST_ROW) == 0 && !arguments.given(ROWS);
    return all
        ? table
        : RowRanges.of(table, arguments.get(FIRST_ROW), arguments.find(ROWS).orElse(0L));
  }

  /** How a table without a saved scaler was scaled: by the range that its format has. */
  private static Scaling scalingOf(Dataset<Row> table, String path, InputFormat format) {
    Scaling found =
        FeatureProvenance.of(table.schema().apply("features"))
            .map(FeatureProvenance::scaling)
            .orElse(Scaling.NONE);
    if (found != Scaling.UNIT || !format.hasKnownRange()) {
      throw new UsageException(
          "--scaler " + path + " has no scaler: ingest it with --scale unit or standard");
    }
    return found;
  }

  private static void requireWidth(FeatureScaler scaler, Dataset<Row> table, Arguments arguments) {
    List<Row> first = table.select("features").limit(1).collectAsList();
    int width = first.isEmpty() ? scaler.width() : first.get(0).<Vector>getAs(0).size();
    if (width != scaler.width()) {
      throw new UsageException(
          String.format(
              "--scaler %s is for %d features, but --input %s has %d",
              arguments.get(SCALER), scaler.width(), arguments.get(INPUT), width));
    }
  }

  private static void report(Dataset<Row> written, String output, Console console) {
    String columns = String.join(", ", written.schema().fieldNames());
    String image =
        FeatureProvenance.of(written.schema().apply("features"))
            .flatMap(FeatureProvenance::image)
            .map(shape -> ", images of " + shape.height() + " x " + shape.width())
            .orElse("");
    console.result("%s: %d rows of %s%s", output, written.count(), columns, image);
  }
}
