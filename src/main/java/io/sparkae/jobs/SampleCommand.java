package io.sparkae.jobs;

import io.sparkae.core.objective.StandardPrior;
import io.sparkae.ml.AdversarialAutoencoderModel;
import io.sparkae.ml.CodeSpace;
import io.sparkae.ml.GenerativeModel;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws codes, and writes the rows that they lead to. */
final class SampleCommand extends DecodingCommand {
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
  private static final int COLUMNS = 16;

  SampleCommand() {
    super(
        Option.text(
            "input",
            "PATH",
            "table of rows (Parquet) whose codes tell a model without a prior what codes are like"),
        "samples");
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String summary() {
    return "draws codes, and writes the rows that a saved model's decoder makes of them";
  }

  @Override
  List<Option<?>> ownOptions() {
    return List.of(ROWS, SEED, GRID);
  }

  @Override
  Codes codes(Given given) {
    if (given.arguments().given(GRID)) {
      for (Option<?> idle : List.of(ROWS, SEED)) {
        if (given.arguments().given(idle)) {
          throw new UsageException("--" + idle.name() + " does nothing with --grid: leave it out");
        }
      }
      return grid(given, given.arguments().get(GRID));
    }
    long rows = given.arguments().get(ROWS);
    return new Codes(draws(given, rows), (int) Math.min(COLUMNS, rows));
  }

  private static Codes grid(Given given, int side) {
    int size = given.model().getCodeSize();
    if (size != 2) {
      throw new UsageException("--grid needs codes of 2 numbers: those of the model have " + size);
    }
    if (given.model() instanceof AdversarialAutoencoderModel adversarial
        && !adversarial.standardPrior().equals(Optional.of(StandardPrior.GAUSSIAN))) {
      throw new UsageException(
          "--grid lays out codes as a normal distribution has them: those of the model have prior "
              + adversarial.getPrior());
    }
    return new Codes(CodeTables.of(given.spark(), CodeSpace.grid(side)), side);
  }

  private static Dataset<Row> draws(Given given, long rows) {
    long seed = given.arguments().get(SEED);
    if (given.model() instanceof GenerativeModel generative) {
      return generative.sampleCodes(given.spark(), rows, seed);
    }
    NumberedRows table =
        given
            .rows()
            .orElseThrow(
                () ->
                    new UsageException(
                        given.loaded().getClass().getSimpleName()
                            + " has no prior to draw codes from: name a table by --input, and they"
                            + " are drawn from a normal distribution like that of its codes"));
    return CodeSpace.normalLike(table.encoded(Decoded.CODE), Decoded.CODE, rows, seed);
  }
}
