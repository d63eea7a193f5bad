package io.sparkae.jobs;

import io.sparkae.ml.CodeModel;
import io.sparkae.ml.CodeSpace;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes what lies between two rows in the space of their codes. */
final class InterpolateCommand implements Command {
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final Option<String> OUTPUT =
      Common.output("folder of the table (rows) and the picture (interpolation.png)");
  private static final Option<Long> FROM =
      Option.wholeNumber("from", 0, "number of the row to begin with, from 0").withDefault("0");
  private static final Option<Long> TO =
      Option.wholeNumber("to", 0, "number of the row to end with").withDefault("1");
  private static final Option<Integer> STEPS =
      Option.smallNumber("steps", 2, "codes from one to the other, both among them")
          .withDefault("10");
  private static final Option<String> ALONG =
      Option.choice(
              "along",
              List.of("line", "arc"),
              "the way between the codes: a line, or an arc, which keeps to the lengths of codes")
          .withDefault("line");

  @Override
  public String name() {
    return "interpolate";
  }

  @Override
  public String summary() {
    return "writes the rows between two, that a saved model decodes of the codes between theirs";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        OUTPUT,
        FROM,
        TO,
        STEPS,
        ALONG,
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
          OUTPUT.name(), output, "interpolation.png", arguments.get(Common.OVERWRITE));
      outputs.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      Model<?> loaded = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      CodeModel model = Decoded.model(loaded, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      Common.setFeatures(loaded, arguments, table.schema());
      NumberedRows rows = new NumberedRows(table, loaded);
      List<Vector> ends = rows.get(List.of(arguments.get(FROM), arguments.get(TO)));
      Vector from = model.encode(ends.get(0));
      Vector to = model.encode(ends.get(1));
      int steps = arguments.get(STEPS);
      List<Vector> codes =
          arguments.get(ALONG).equals("arc")
              ? CodeSpace.arc(from, to, steps)
              : CodeSpace.line(from, to, steps);
      Decoded.of(model, arguments, rows.imageShape())
          .write(
              CodeTables.of(session.spark(), codes),
              outputs,
              arguments,
              OUTPUT,
              "interpolation",
              steps,
              console);
    }
  }
}
