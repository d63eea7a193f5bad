package io.sparkae.jobs;

import io.sparkae.data.SetKind;
import io.sparkae.data.SetParts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What rows {@code generate} draws: those of one table, or of tables to train and test with. */
final class GenerateTables {
  private static final String PAPER = "paper";
  private static final long DEFAULT_ROWS = 10_000;

  /** So that no sum of row numbers overflows. */
  private static final long MOST_ROWS = 1L << 60;

  static final Option<Long> ROWS =
      Option.wholeNumber(
          "rows",
          1,
          "rows to draw into one table; default 10000, and for sets of digits or pictures --parts"
              + " paper instead");
  static final Option<String> PARTS =
      Option.of(
          "parts",
          PAPER + "|A,B,C",
          "draw instead three tables into the output folder: train, validation and test, of so many"
              + " rows that follow one another; paper for the numbers of Larochelle et al. 2007"
              + " (rect 1000,200,50000; convex 6000,2000,50000; the others 10000,2000,50000)",
          PAPER + " or three whole numbers of at least 1 with commas between them",
          value -> {
            if (!value.equals(PAPER)) {
              numbers(value);
            }
            return value;
          });
  static final Option<Long> FIRST_ROW =
      Option.wholeNumber(
              "first-row", 0, "index of the first row; other rows of a seed, other pictures")
          .withDefault("0");

  /** The options, in the order of the help. */
  static final List<Option<?>> OPTIONS = List.of(ROWS, PARTS, FIRST_ROW);

  private GenerateTables() {}

  /**
   * One of the tables.
   *
   * @param name its folder in the output, or empty if it is the output itself
   * @param firstRow the set's row that comes first
   * @param rows how many follow, with the first
   */
  record Table(String name, long firstRow, long rows) {
    /** Where it goes. */
    String path(String output) {
      return name.isEmpty() ? output : output + "/" + name;
    }
  }

  /**
   * The tables that are asked for, in the order of their rows.
   *
   * @throws UsageException if the options exclude each other or the paper has no such set
   */
  static List<Table> of(SetKind set, Arguments arguments) {
    if (arguments.given(ROWS) && arguments.given(PARTS)) {
      throw new UsageException("--rows and --parts exclude each other: give one of them");
    }
    long first = arguments.get(FIRST_ROW);
    if (first > MOST_ROWS) {
      throw new UsageException("--first-row must be at most " + MOST_ROWS + ", not " + first);
    }
    Optional<String> wanted = arguments.find(PARTS);
    if (arguments.given(ROWS) || wanted.isEmpty() && set.isDrawn()) {
      return List.of(new Table("", first, arguments.find(ROWS).orElse(DEFAULT_ROWS)));
    }
    SetParts parts =
        wanted
            .filter(value -> !value.equals(PAPER))
            .map(GenerateTables::numbers)
            .orElseGet(() -> paper(set));
    return List.of(
        new Table("train", first, parts.train()),
        new Table("validation", first + parts.train(), parts.validation()),
        new Table("test", first + parts.train() + parts.validation(), parts.test()));
  }

  private static SetParts paper(SetKind set) {
    return set.paper()
        .orElseThrow(
            () ->
                new UsageException(
                    "--parts paper: the paper has no set "
                        + set.label()
                        + ": give three numbers of rows"));
  }

  private static SetParts numbers(String value) {
    long[] rows = Arrays.stream(value.split(",", -1)).mapToLong(GenerateTables::number).toArray();
    if (rows.length != 3 || Arrays.stream(rows).anyMatch(count -> count > MOST_ROWS)) {
      throw new IllegalArgumentException();
    }
    return new SetParts(rows[0], rows[1], rows[2]);
  }

  private static long number(String text) {
    return Long.parseLong(text.strip());
  }
}
