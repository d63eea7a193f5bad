package io.sparkae.jobs;

import io.sparkae.ml.CodeModel;
import io.sparkae.ml.CodeSpace;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds to one row what makes another differ from a third, in the space of their codes. */
final class ArithmeticCommand implements Command {
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final Option<String> OUTPUT =
      Common.output("folder of the table (rows) and the picture (arithmetic.png)");
  private static final Option<Long> A =
      Option.wholeNumber("a", 0, "number of the row a, from 0").asRequired();
  private static final Option<Long> B =
      Option.wholeNumber("b", 0, "number of the row b").asRequired();
  private static final Option<Long> C =
      Option.wholeNumber("c", 0, "number of the row c").asRequired();

  @Override
  public String name() {
    return "arithmetic";
  }

  @Override
  public String summary() {
    return "writes the row that a - b + c leads to, of the codes of three rows";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        OUTPUT,
        A,
        B,
        C,
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
          OUTPUT.name(), output, "arithmetic.png", arguments.get(Common.OVERWRITE));
      outputs.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      Model<?> loaded = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      CodeModel model = Decoded.model(loaded, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      Common.setFeatures(loaded, arguments, table.schema());
      NumberedRows rows = new NumberedRows(table, loaded);
      List<Vector> codes =
          rows.get(List.of(arguments.get(A), arguments.get(B), arguments.get(C))).stream()
              .map(model::encode)
              .toList();
      Vector result = CodeSpace.analogy(codes.get(0), codes.get(1), codes.get(2));
      Decoded.of(model, arguments, rows.imageShape())
          .write(
              CodeTables.of(
                  session.spark(), List.of(codes.get(0), codes.get(1), codes.get(2), result)),
              outputs,
              arguments,
              OUTPUT,
              "arithmetic",
              4,
              console);
    }
  }
}
