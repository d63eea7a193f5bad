package io.sparkae.jobs;

import io.sparkae.data.FeatureProvenance;
import io.sparkae.data.IdxSource;
import io.sparkae.data.ParquetSource;
import io.sparkae.data.Scaling;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Turns data of several formats into a Parquet table of features and labels. */
final class IngestCommand implements Command {
  private static final Option<String> FORMAT =
      Option.choice(
              "format",
              List.of("idx", "parquet"),
              "what is read: idx (MNIST's format, gzip or not) or parquet (columns of a table)")
          .asRequired();
  private static final Option<String> INPUT =
      Option.text("input", "PATH", "file (idx) or table (parquet) of the features").asRequired();
  private static final Option<String> OUTPUT =
      Common.output("folder of the Parquet table: columns features and, if known, label");
  private static final Option<String> LABELS =
      Option.text("labels", "FILE", "idx: file of the labels, one number for each row");
  private static final Option<String> SCALE =
      Option.choice(
              "scale",
              List.of("none", "unit"),
              "idx: what to do with the numbers: nothing, or divide unsigned bytes by 255")
          .withDefault("none");
  private static final Option<List<String>> FEATURES =
      Option.names(
              "features",
              "parquet: one column of vectors or arrays of numbers, or several columns of numbers")
          .withDefault("features");
  private static final Option<String> LABEL =
      Option.text("label", "COLUMN", "parquet: column of the labels, numbers");
  private static final Option<Integer> PARTITIONS =
      Option.smallNumber(
              "partitions", 0, "files to write; 0 for one per core of the cluster (not parquet)")
          .withDefault("0");

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "turns IDX files or Parquet columns into a table of features";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        FORMAT,
        INPUT,
        OUTPUT,
        LABELS,
        SCALE,
        FEATURES,
        LABEL,
        PARTITIONS,
        Common.OVERWRITE,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    String format = arguments.get(FORMAT);
    checkTogether(arguments, format);
    try (Session session = Session.open(this, arguments)) {
      Storage storage = new Storage(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      for (Option<String> file : List.of(INPUT, LABELS)) {
        if (arguments.given(file)) {
          storage.requireInput(file.name(), arguments.get(file));
          storage.requireApart(OUTPUT.name(), output, file.name(), arguments.get(file));
        }
      }
      storage.requireOutput(OUTPUT.name(), output, overwrite);
      Dataset<Row> table = read(session.spark(), storage, format, arguments);
      storage.write(table, output, overwrite);
      report(session.spark().read().parquet(output), output, console);
    }
  }

  private static void checkTogether(Arguments arguments, String format) {
    refuse(arguments, format, "idx", List.of(LABELS, SCALE));
    refuse(arguments, format, "parquet", List.of(FEATURES, LABEL));
    if (format.equals("parquet") && arguments.given(PARTITIONS)) {
      throw new UsageException(
          "--partitions is not for --format parquet: its files stay as they are");
    }
  }

  private static void refuse(
      Arguments arguments, String format, String owner, List<Option<?>> options) {
    for (Option<?> option : options) {
      if (!format.equals(owner) && arguments.given(option)) {
        throw new UsageException(
            "--" + option.name() + " is for --format " + owner + ", not " + format);
      }
    }
  }

  private static Dataset<Row> read(
      SparkSession spark, Storage storage, String format, Arguments arguments) throws IOException {
    int partitions = arguments.get(PARTITIONS);
    try {
      return switch (format) {
        case "idx" ->
            IdxSource.read(
                spark,
                arguments.get(INPUT),
                arguments.find(LABELS),
                Scaling.valueOf(arguments.get(SCALE).toUpperCase(Locale.ROOT)),
                partitions);
        default ->
            ParquetSource.select(
                storage.table(INPUT.name(), arguments.get(INPUT)),
                arguments.get(FEATURES),
                arguments.find(LABEL),
                arguments.get(INPUT));
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
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
