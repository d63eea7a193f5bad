package io.sparkae.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command prints: results to standard output, progress and warnings to standard error.
 *
 * @param out results
 * @param err progress and warnings
 * @param terminal whether a person watches {@code err} on a terminal
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {

  /**
   * Prints a line of the result, formatted as by {@link String#format} with a point for decimals.
   */
  void result(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** Prints a line about the work. */
  void progress(String format, Object... values) {
    err.println(String.format(Locale.ROOT, format, values));
  }

  /** Prints the result as one JSON object on one line: the last one of standard output. */
  void json(Map<String, ?> result) {
    try {
      out.println(new ObjectMapper().writeValueAsString(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result cannot be written as JSON", e);
    }
    out.flush();
  }
}
