package io.sparkae.jobs;

import io.sparkae.ml.CodeModel;
import io.sparkae.ml.CodeSpace;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/** Writes what lies between two rows in the space of their codes. */
final class InterpolateCommand extends DecodingCommand {
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

  InterpolateCommand() {
    super(Common.input("table of the rows (Parquet)"), "interpolation");
  }

  @Override
  public String name() {
    return "interpolate";
  }

  @Override
  public String summary() {
    return "writes the rows between two, that a saved model decodes of the codes between theirs";
  }

  @Override
  List<Option<?>> ownOptions() {
    return List.of(FROM, TO, STEPS, ALONG);
  }

  @Override
  Codes codes(Given given) {
    Arguments arguments = given.arguments();
    CodeModel model = given.coding();
    List<Vector> ends =
        given.rows().orElseThrow().get(List.of(arguments.get(FROM), arguments.get(TO)));
    Vector from = model.encode(ends.get(0));
    Vector to = model.encode(ends.get(1));
    int steps = arguments.get(STEPS);
    List<Vector> codes =
        arguments.get(ALONG).equals("arc")
            ? CodeSpace.arc(from, to, steps)
            : CodeSpace.line(from, to, steps);
    return new Codes(CodeTables.of(given.spark(), codes), steps);
  }
}
