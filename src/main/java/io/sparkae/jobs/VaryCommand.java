package io.sparkae.jobs;

import io.sparkae.core.Check;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/** Writes variations of one row. */
final class VaryCommand extends DecodingCommand {
  private static final Option<Long> ROW =
      Option.wholeNumber("row", 0, "number of the row, from 0").withDefault("0");
  private static final Option<Integer> VARIATIONS =
      Option.smallNumber("variations", 1, "how many").withDefault("16");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the draws").withDefault("1");

  private static final int COLUMNS = 16;

  VaryCommand() {
    super(Common.input("table of the rows (Parquet)"), "variations");
  }

  @Override
  public String name() {
    return "vary";
  }

  @Override
  public String summary() {
    return "writes variations of a row: what a saved model decodes of codes drawn from its posterior";
  }

  @Override
  List<Option<?>> ownOptions() {
    return List.of(ROW, VARIATIONS, SEED);
  }

  @Override
  Codes codes(Given given) {
    Arguments arguments = given.arguments();
    if (!Models.isVariational(given.loaded())) {
      throw new UsageException(
          "--model "
              + arguments.get(Common.SAVED_MODEL)
              + " is "
              + Check.withArticle(given.loaded().getClass().getSimpleName())
              + ", which has no posterior to draw codes from");
    }
    Vector row = given.rows().orElseThrow().get(List.of(arguments.get(ROW))).get(0);
    int count = arguments.get(VARIATIONS);
    return new Codes(
        CodeTables.posterior(given.spark(), given.loaded(), row, count, arguments.get(SEED)),
        Math.min(COLUMNS, count));
  }
}
