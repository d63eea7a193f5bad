package io.sparkae.jobs;

import io.sparkae.ml.CodeSpace;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/** Adds to one row what makes another differ from a third, in the space of their codes. */
final class ArithmeticCommand extends DecodingCommand {
  private static final Option<Long> A =
      Option.wholeNumber("a", 0, "number of the row a, from 0").asRequired();
  private static final Option<Long> B =
      Option.wholeNumber("b", 0, "number of the row b").asRequired();
  private static final Option<Long> C =
      Option.wholeNumber("c", 0, "number of the row c").asRequired();

  ArithmeticCommand() {
    super(Common.input("table of the rows (Parquet)"), "arithmetic");
  }

  @Override
  public String name() {
    return "arithmetic";
  }

  @Override
  public String summary() {
    return "writes the row that a - b + c leads to, of the codes of three rows";
  }

  @Override
  List<Option<?>> ownOptions() {
    return List.of(A, B, C);
  }

  @Override
  Codes codes(Given given) {
    Arguments arguments = given.arguments();
    List<Long> numbers = List.of(arguments.get(A), arguments.get(B), arguments.get(C));
    List<Vector> codes = new ArrayList<>();
    for (Vector row : given.rows().orElseThrow().get(numbers)) {
      codes.add(given.coding().encode(row));
    }
    codes.add(CodeSpace.analogy(codes.get(0), codes.get(1), codes.get(2)));
    return new Codes(CodeTables.of(given.spark(), codes), codes.size());
  }
}
