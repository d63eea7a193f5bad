package io.sparkae.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The table that the quickstart ends with: one line for each kind of features. */
final class Comparison {
  private static final String LINE = "  %-28s %18s %22s";

  private final List<String> lines = new ArrayList<>();

  Comparison(String classifier) {
    lines.add(String.format(LINE, "features", classifier, "reconstruction"));
    lines.add(String.format(LINE, "", "error on test, %", "squared error per row"));
    lines.add("  " + "-".repeat(70));
  }

  /**
   * Adds a line.
   *
   * @param errorPercent test rows that the classifier gets wrong
   * @param squaredError squared error of a test row, summed over its features, if rows are rebuilt
   */
  void add(String features, double errorPercent, OptionalDouble squaredError) {
    lines.add(
        String.format(
            LINE,
            features,
            String.format(Locale.ROOT, "%.2f", errorPercent),
            squaredError.isPresent()
                ? String.format(Locale.ROOT, "%.2f", squaredError.getAsDouble())
                : "-"));
  }

  /** The lines of the table. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
