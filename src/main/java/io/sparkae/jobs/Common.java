package io.sparkae.jobs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The options that several commands share, so that each is called the same everywhere. */
final class Common {
  static final Option<String> MASTER =
      Option.text(
          "master",
          "URL",
          "Spark master, such as local[2]; default that of spark-submit, else local[*]");

  static final Option<Boolean> OVERWRITE =
      Option.flag("overwrite", "replace the output if it exists");

  static final Option<Boolean> JSON =
      Option.flag("json", "print the result as one JSON object, the last line of standard output");

  static final Option<String> SAVED_MODEL =
      Option.text("model", "PATH", "folder of a model that train saved").asRequired();

  static final Option<String> FEATURES_COL =
      Option.text(
          "features-col", "COLUMN", "column of the features; default the one that the model names");

  static final Option<List<String>> INPUT_COLS =
      Option.names(
          "input-cols", "columns of numbers to read instead; default those that the model names");

  static final Option<String> HANDLE_INVALID =
      handleInvalid("what becomes of rows with null, NaN or infinite values");

  private static final String HANDLE_INVALID_PARAM = "handleInvalid";

  private Common() {}

  static Option<String> handleInvalid(String text) {
    return Option.choice(
        "handle-invalid", List.of("error", "skip"), text + "; default what the model says");
  }

  /** Tells a model what to do with invalid rows, if that is given. */
  static void setHandleInvalid(Model<?> model, Arguments arguments) {
    arguments
        .find(HANDLE_INVALID)
        .ifPresent(value -> Models.set(model, HANDLE_INVALID_PARAM, value, HANDLE_INVALID.name()));
  }

  /** A failure of a model's work on rows, with the option that may be the way out. */
  static RuntimeException inOptionWords(Exception failure) {
    return Failures.inWords(
        failure, line -> line.replace(HANDLE_INVALID_PARAM, "--" + HANDLE_INVALID.name()));
  }

  /**
   * The table with a model's output columns.
   *
   * @throws UsageException in the words of the options, if the model does not suit the table
   */
  static Dataset<Row> transform(Model<?> model, Dataset<Row> table) {
    try {
      return model.transform(table);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          new ParamOptions(model, Set.of()).compoundInOptionWords(e.getMessage()));
    }
  }

  /** Tells how many rows of a table were left out, if any were. */
  static void tellSkipped(Dataset<Row> table, long kept, Console console) {
    long rows = table.count();
    if (rows > kept) {
      console.progress("warning: %d of %d rows were skipped as invalid", rows - kept, rows);
    }
  }

  /**
   * Tells a model what to read, if that is given, and checks that the table has it.
   *
   * @return the columns
   * @throws UsageException if the table lacks one of them, or they are named in two ways
   */
  static List<String> setFeatures(Model<?> model, Arguments arguments, StructType table) {
    Optional<String> column = arguments.find(FEATURES_COL);
    Optional<List<String>> numbers = arguments.find(INPUT_COLS);
    if (column.isPresent() && numbers.isPresent()) {
      throw new UsageException(
          "--features-col and --input-cols exclude each other: give one of them");
    }
    if (column.isPresent() || numbers.isPresent()) {
      Models.clearFeatures(model);
    }
    column.ifPresent(name -> Models.set(model, "featuresCol", name, FEATURES_COL.name()));
    numbers.ifPresent(names -> setInputCols(model, names));
    boolean several = Models.inputCols(model).isPresent();
    List<String> names = Models.features(model);
    for (String name : names) {
      Inputs.requireColumn(several ? INPUT_COLS.name() : FEATURES_COL.name(), table, name);
    }
    return names;
  }

  private static void setInputCols(Model<?> model, List<String> names) {
    try {
      Models.set(model, "inputCols", names.toArray(String[]::new), INPUT_COLS.name());
    } catch (IllegalArgumentException e) {
      throw new UsageException(new ParamOptions(model, Set.of()).inOptionWords(e.getMessage()));
    }
  }

  static Option<String> input(String text) {
    return Option.text("input", "PATH", text).asRequired();
  }

  static Option<String> output(String text) {
    return Option.text("output", "PATH", text).asRequired();
  }
}
