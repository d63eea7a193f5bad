package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.core.objective.Corruption;
import io.sparkae.data.FeatureProvenance;
import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.data.ParquetSchema;
import io.sparkae.ml.Damage;
import io.sparkae.spark.InputColumn;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Damages a table's rows, to try {@code restore} on them. */
final class DamageCommand implements Command {
  private static final String LOWER_HALF = "lowerHalf";

  private static final Option<String> INPUT = Common.input("table of the rows to damage (Parquet)");
  private static final Option<String> OUTPUT =
      Common.output("folder of the Parquet table: the input's columns, and the rows as they were");
  private static final Option<String> FEATURES_COL =
      Option.text("features-col", "COLUMN", "column of the features").withDefault("features");
  private static final Option<String> ORIGINAL_COL =
      Option.text("original-col", "COLUMN", "new column of the rows as they were")
          .withDefault("original");
  private static final Option<String> MISSING =
      Option.of(
          "missing",
          LOWER_HALF + "|FRACTION",
          "features that become NaN: the lower half of rows that are pictures, or each with this"
              + " probability",
          LOWER_HALF + " or a number in [0, 1]",
          value -> {
            if (!value.equals(LOWER_HALF)) {
              Check.that(isFraction(Double.parseDouble(value)), "missing", "in [0, 1]", value);
            }
            return value;
          });
  private static final Option<String> NOISE =
      Option.choice(
          "noise",
          Arrays.stream(Check.choices(Corruption.class))
              .filter(name -> !name.equals(Check.camelCase(Corruption.NONE)))
              .toList(),
          "how features are corrupted");
  private static final Option<Double> LEVEL =
      Option.number(
          "level",
          0,
          "standard deviation of gaussian noise; of the other kinds the probability that a feature"
              + " is hit");
  private static final Option<Integer> ROWS =
      Option.smallNumber("rows", 1, "the first N rows of the table alone");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the draws").withDefault("1");

  @Override
  public String name() {
    return "damage";
  }

  @Override
  public String summary() {
    return "leaves features of a table's rows out or corrupts them, to try restore on";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        INPUT,
        OUTPUT,
        MISSING,
        NOISE,
        LEVEL,
        ROWS,
        SEED,
        FEATURES_COL,
        ORIGINAL_COL,
        Decoded.IMAGE,
        Common.OVERWRITE,
        Common.MASTER);
  }

  private static boolean isFraction(double value) {
    return value >= 0 && value <= 1;
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    if (!arguments.given(MISSING) && !arguments.given(NOISE)) {
      throw new UsageException("name what to damage: --missing or --noise, or both");
    }
    if (arguments.given(NOISE) != arguments.given(LEVEL)) {
      throw new UsageException("--noise and --level go together: give both or none");
    }
    if (arguments.given(SEED)
        && !arguments.given(NOISE)
        && arguments.get(MISSING).equals(LOWER_HALF)) {
      throw new UsageException(
          "--seed does nothing with --missing " + LOWER_HALF + " alone: leave it out");
    }
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      outputs.requireOutput(OUTPUT.name(), output, overwrite);
      outputs.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      if (arguments.given(ROWS)) {
        table = table.limit(arguments.get(ROWS));
      }
      outputs.write(damaged(table, arguments), output, overwrite);
      Dataset<Row> written = ParquetSchema.read(session.spark(), output);
      console.result(
          "%s: %d rows of %s",
          output, written.count(), String.join(", ", written.schema().fieldNames()));
    }
  }

  private static Dataset<Row> damaged(Dataset<Row> table, Arguments arguments) {
    String column = arguments.get(FEATURES_COL);
    Inputs.requireVectors(FEATURES_COL.name(), table.schema(), column);
    List<Row> first = table.select(InputColumn.named(column)).na().drop().takeAsList(1);
    if (first.isEmpty()) {
      throw new UsageException("--input " + arguments.get(INPUT) + " has no rows to damage");
    }
    try {
      int width = EncodedRows.features(first.get(0), 0).length;
      return damage(table, arguments, width)
          .apply(table, column, arguments.get(ORIGINAL_COL), width);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          e.getMessage()
              .replace("originalCol", "--" + ORIGINAL_COL.name())
              .replace("featuresCol", "--" + FEATURES_COL.name())
              .replace("corruptionLevel", "--" + LEVEL.name())
              .replace("when corruption is", "when --noise is"));
    }
  }

  private static Damage damage(Dataset<Row> table, Arguments arguments, int width) {
    Corruption noise =
        arguments
            .find(NOISE)
            .map(name -> Check.choice(Corruption.class, NOISE.name(), name))
            .orElse(Corruption.NONE);
    Optional<String> missing = arguments.find(MISSING);
    boolean half = missing.equals(Optional.of(LOWER_HALF));
    return new Damage(
        noise,
        arguments.find(LEVEL).orElse(0.0),
        half ? 0 : missing.map(Double::parseDouble).orElse(0.0),
        half ? lowerHalf(table, arguments, width) : List.of(),
        arguments.get(SEED));
  }

  private static List<Integer> lowerHalf(Dataset<Row> table, Arguments arguments, int width) {
    Optional<ImageShape> known =
        FeatureProvenance.of(table.schema().apply(arguments.get(FEATURES_COL)))
            .flatMap(FeatureProvenance::image);
    ImageShape shape =
        Decoded.shape(width, arguments, known)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--missing "
                            + LOWER_HALF
                            + " needs rows that are pictures: tell their shape by --image"));
    int from = (shape.height() - shape.height() / 2) * shape.width() * shape.channels();
    return IntStream.range(from, width).boxed().toList();
  }
}
