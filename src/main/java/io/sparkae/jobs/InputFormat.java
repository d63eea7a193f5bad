package io.sparkae.jobs;

import io.sparkae.data.Scaling;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A format that {@code ingest} reads. */
interface InputFormat {
  /** The value of {@code --format}. */
  String name();

  /** What it is, for the help. */
  String summary();

  /** The options that it alone, or with a few others, understands. */
  default List<Option<?>> options() {
    return List.of();
  }

  /** Options whose values are paths that must exist, beside the input. */
  default List<Option<String>> paths() {
    return List.of();
  }

  /** Whether the range of the numbers is known without the rows, so that unit needs no fitting. */
  default boolean hasKnownRange() {
    return false;
  }

  /**
   * The table of features and, if known, label, in the order of the files.
   *
   * @param scaling what to do with the numbers where {@link #hasKnownRange()}; else left to the
   *     caller
   * @throws IllegalArgumentException if the input does not suit the options
   */
  Dataset<Row> read(Request request, Scaling scaling) throws IOException;

  /**
   * What is to be read.
   *
   * @param labelNames names of the labels of the table whose scaler is used; none without one
   */
  record Request(
      SparkSession spark,
      Inputs inputs,
      Arguments arguments,
      String input,
      List<String> labelNames,
      Console console) {}
}
