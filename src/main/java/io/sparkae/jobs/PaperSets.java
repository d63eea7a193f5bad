package io.sparkae.jobs;

import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The sets of a paper as tables of a folder, made once by the commands {@code generate} and {@code
 * ingest}.
 *
 * @param spark the session
 * @param folder gets a folder for each set, with the tables {@code train}, {@code validation} and
 *     {@code test}
 * @param quick whether few rows are to do
 */
record PaperSets(SparkSession spark, Path folder, boolean quick) {
  private static final String RECT = Vincent2008.RECT;
  private static final int RECT_ROWS = 1000;
  private static final int RECT_VALIDATION_ROWS = 200;
  private static final int QUICK_ROWS = 2000;

  private Path path(String set, String table) {
    return folder.resolve(set).resolve(table);
  }

  Dataset<Row> table(String set, String name) throws IOException {
    return ParquetSource.read(spark, path(set, name).toUri().toString());
  }

  /**
   * Makes those tables of a set that are not there yet.
   *
   * @param options what the set is made of, as options of the command that makes it
   */
  void prepare(String set, List<String> options, long seed, Console console) throws IOException {
    requireSameSource(set, source(set, options));
    if (Files.exists(path(set, "test"))) {
      return;
    }
    console.progress("making the set %s", set);
    if (set.equals(RECT) && !options.isEmpty()) {
      ingestRectangles(options.get(1), console);
      return;
    }
    List<String> command = new ArrayList<>(List.of("generate", "--set", set));
    command.addAll(List.of("--parts", quick ? "2000,500,2000" : "paper"));
    command.addAll(List.of("--seed", String.valueOf(seed)));
    command.addAll(List.of("--output", folder.resolve(set).toUri().toString()));
    command.addAll(options);
    run(command, console);
  }

  /**
   * The options that make the set of rectangles of the published file, if it is at hand; else none.
   *
   * @param named the file that a person named
   */
  static List<String> rectangles(Optional<String> named) {
    return named
        .or(() -> Optional.ofNullable(System.getenv("SPARKAE_DATA")).flatMap(PaperSets::rectangles))
        .map(file -> List.of("--input", file))
        .orElse(List.of());
  }

  private static Optional<String> rectangles(String data) {
    Path file = WorkingFolder.file(data).toPath().resolve("rectangles").resolve("rectangles.zip");
    return Optional.of(file).filter(Files::exists).map(Path::toString);
  }

  private static String source(String set, List<String> options) {
    if (!set.equals(RECT)) {
      return String.join(" ", options);
    }
    return options.isEmpty()
        ? "generated"
        : "published " + new org.apache.hadoop.fs.Path(options.get(1)).getName();
  }

  private Path sourceFile(String set) {
    return folder.resolve(set + ".source");
  }

  /** Where the rows of the rectangles are from, in words; empty if there are none yet. */
  Optional<String> rectangles() throws IOException {
    Path file = sourceFile(RECT);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /** What was made of other files must not be taken for the same set, nor its trials. */
  private void requireSameSource(String set, String source) throws IOException {
    Path file = sourceFile(set);
    String before = Files.exists(file) ? Files.readString(file) : source;
    if (!before.equals(source)) {
      String how =
          set.equals(RECT) ? "is %s, not %s" : "was made with the options \"%s\", not \"%s\"";
      throw new UsageException(
          String.format(
              "the set %s in %s " + how + ": name another --output", set, folder, before, source));
    }
    Files.createDirectories(folder);
    Files.writeString(file, source);
  }

  private void ingestRectangles(String file, Console console) {
    ingest(file, "rectangles_train.amat", "train", 0, RECT_ROWS, console);
    ingest(file, "rectangles_train.amat", "validation", RECT_ROWS, RECT_VALIDATION_ROWS, console);
    int rows = quick ? QUICK_ROWS : (int) Vincent2008.TEST_ROWS;
    ingest(file, "rectangles_test.amat", "test", 0, rows, console);
  }

  private void ingest(
      String file, String member, String table, int first, int rows, Console console) {
    Path output = path(RECT, table);
    if (Files.exists(output)) {
      return;
    }
    run(
        List.of(
            "ingest",
            "--format",
            "amat",
            "--input",
            file,
            "--member",
            member,
            "--first-row",
            String.valueOf(first),
            "--rows",
            String.valueOf(rows),
            "--output",
            output.toUri().toString()),
        console);
  }

  private static void run(List<String> command, Console console) {
    int code = Main.run(command.toArray(String[]::new), console.err(), console.err());
    if (code != Main.SUCCESS) {
      throw new UsageException("sparkae " + String.join(" ", command) + " failed");
    }
  }
}
