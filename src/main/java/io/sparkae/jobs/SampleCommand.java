package io.sparkae.jobs;

import io.sparkae.ml.CodeModel;
import io.sparkae.ml.CodeSpace;
import io.sparkae.ml.VariationalAutoencoderModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws codes, and writes the rows that they lead to. */
final class SampleCommand implements Command {
  private static final Option<String> OUTPUT =
      Common.output("folder of the table (rows) and the picture (samples.png)");
  private static final Option<Long> ROWS =
      Option.wholeNumber("rows", 1, "rows to make").withDefault("64");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the draws").withDefault("1");
  private static final Option<Integer> GRID =
      Option.smallNumber(
          "grid",
          1,
          "instead of draws, N times N codes that are as likely, from one corner of a code of two"
              + " numbers to the other");
  private static final Option<String> INPUT =
      Option.text(
          "input",
          "PATH",
          "table of rows (Parquet) whose codes tell a model without a prior what codes are like");
  private static final int COLUMNS = 16;

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String summary() {
    return "draws codes, and writes the rows that a saved model's decoder makes of them";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        OUTPUT,
        ROWS,
        SEED,
        GRID,
        INPUT,
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
          OUTPUT.name(), output, "samples.png", arguments.get(Common.OVERWRITE));
      Model<?> loaded = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      CodeModel model = Decoded.model(loaded, arguments.get(Common.SAVED_MODEL));
      Optional<NumberedRows> table = table(inputs, loaded, arguments);
      Decoded decoded = Decoded.of(model, arguments, table.flatMap(NumberedRows::imageShape));
      Dataset<Row> codes =
          arguments.given(GRID)
              ? grid(session, model, arguments.get(GRID))
              : draws(session, loaded, model, table, arguments);
      int columns =
          arguments.find(GRID).orElseGet(() -> (int) Math.min(COLUMNS, arguments.get(ROWS)));
      decoded.write(codes, outputs, arguments, OUTPUT, "samples", columns, console);
    }
  }

  private static Optional<NumberedRows> table(Inputs inputs, Model<?> model, Arguments arguments)
      throws IOException {
    if (!arguments.given(INPUT)) {
      return Optional.empty();
    }
    Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
    Common.setFeatures(model, arguments, table.schema());
    return Optional.of(new NumberedRows(table, model));
  }

  private static Dataset<Row> grid(Session session, CodeModel model, int side) {
    if (model.getCodeSize() != 2) {
      throw new UsageException(
          "--grid needs codes of 2 numbers: those of the model have " + model.getCodeSize());
    }
    return CodeTables.of(session.spark(), CodeSpace.grid(side));
  }

  private static Dataset<Row> draws(
      Session session,
      Model<?> loaded,
      CodeModel model,
      Optional<NumberedRows> table,
      Arguments arguments) {
    long rows = arguments.get(ROWS);
    long seed = arguments.get(SEED);
    if (model instanceof VariationalAutoencoderModel) {
      return CodeSpace.prior(session.spark(), rows, model.getCodeSize(), seed);
    }
    if (table.isEmpty()) {
      throw new UsageException(
          loaded.getClass().getSimpleName()
              + " has no prior to draw codes from: name a table by --input, and they are drawn from"
              + " a normal distribution like that of its codes");
    }
    Dataset<Row> codes = table.get().encoded(Decoded.CODE);
    return CodeSpace.normalLike(codes, Decoded.CODE, rows, seed);
  }
}
