package io.sparkae.jobs;

import io.sparkae.ml.CodeModel;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes variations of one row. */
final class VaryCommand implements Command {
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final Option<String> OUTPUT =
      Common.output("folder of the table (rows) and the picture (variations.png)");
  private static final Option<Long> ROW =
      Option.wholeNumber("row", 0, "number of the row, from 0").withDefault("0");
  private static final Option<Integer> VARIATIONS =
      Option.smallNumber("variations", 1, "how many").withDefault("16");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the draws").withDefault("1");

  @Override
  public String name() {
    return "vary";
  }

  @Override
  public String summary() {
    return "writes variations of a row: what a saved model decodes of codes drawn from its posterior";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        OUTPUT,
        ROW,
        VARIATIONS,
        SEED,
        Common.FEATURES_COL,
        Common.INPUT_COLS,
        Decoded.IMAGE,
        Common.OVERWRITE,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String output = arguments.get(OUTPUT);
      outputs.requireWithPicture(
          OUTPUT.name(), output, "variations.png", arguments.get(Common.OVERWRITE));
      outputs.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      Model<?> loaded = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      CodeModel model = Decoded.model(loaded, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      Common.setFeatures(loaded, arguments, table.schema());
      NumberedRows rows = new NumberedRows(table, loaded);
      if (!Models.isVariational(loaded)) {
        throw new UsageException(
            "--model "
                + arguments.get(Common.SAVED_MODEL)
                + " is a "
                + loaded.getClass().getSimpleName()
                + ", which has no posterior to draw codes from");
      }
      Decoded decoded = Decoded.of(model, arguments, rows.imageShape());
      Vector row = rows.get(List.of(arguments.get(ROW))).get(0);
      Dataset<Row> drawn =
          CodeTables.posterior(
              session.spark(), loaded, row, arguments.get(VARIATIONS), arguments.get(SEED));
      decoded.write(drawn, outputs, arguments, OUTPUT, "variations", 16, console);
    }
  }
}
