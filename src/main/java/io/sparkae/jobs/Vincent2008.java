package io.sparkae.jobs;

import io.sparkae.data.GeneratedSets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Test errors in percent of Vincent, Larochelle, Bengio and Manzagol 2008, table 1, with their 95%
 * intervals over 50,000 test rows; by set, in the order of {@link #COLUMNS}.
 */
final class Vincent2008 {
  /** Rows that the paper tested on. */
  static final long TEST_ROWS = 50_000;

  /** The columns that are trained here. */
  static final List<String> COLUMNS = List.of("DBN-1", "SAA-3", "DBN-3", "SdA-3");

  /** The set whose rows were published. */
  static final String RECT = "rect";

  private static final Map<String, double[]> ERRORS = new LinkedHashMap<>();

  static {
    ERRORS.put("basic", new double[] {3.94, 3.46, 3.11, 2.80});
    ERRORS.put("rot", new double[] {14.69, 10.30, 10.30, 10.29});
    ERRORS.put("bg-rand", new double[] {9.80, 11.28, 6.73, 10.38});
    ERRORS.put("bg-img", new double[] {16.15, 23.00, 16.31, 16.68});
    ERRORS.put("rot-bg-img", new double[] {52.21, 51.93, 47.39, 44.49});
    ERRORS.put(RECT, new double[] {4.71, 2.41, 2.60, 1.99});
    ERRORS.put("rect-img", new double[] {23.69, 24.05, 22.50, 21.59});
    ERRORS.put("convex", new double[] {19.92, 18.41, 18.63, 19.06});
  }

  private Vincent2008() {}

  /** The names of the sets, in the paper's order. */
  static List<String> sets() {
    return List.copyOf(ERRORS.keySet());
  }

  /** Whether a set needs a folder of pictures. */
  static boolean ofPictures(String set) {
    return set.endsWith("img");
  }

  /** Whether a set is made of MNIST's digits. */
  static boolean ofDigits(String set) {
    return GeneratedSets.kind(set).ofDigits();
  }

  /** The paper's test error in percent. */
  static double errorPercent(String set, String column) {
    return ERRORS.get(set)[COLUMNS.indexOf(column)];
  }

  /**
   * Half of the 95% interval of an error rate, in percent, by the normal approximation as in the
   * paper.
   */
  static double halfInterval(double errorPercent, long rows) {
    double p = errorPercent / 100;
    return 100 * 1.96 * Math.sqrt(p * (1 - p) / rows);
  }

  /** What a column's layers are pretrained as; empty for machines, else the noise it tries. */
  static Optional<List<Double>> corruptionLevels(String column) {
    return switch (column) {
      case "SAA-3" -> Optional.of(List.of(0.0));
      case "SdA-3" -> Optional.of(List.of(0.1, 0.25, 0.4));
      default -> Optional.empty();
    };
  }

  /** Hidden layers of a column's net. */
  static int layers(String column) {
    return column.endsWith("-1") ? 1 : 3;
  }
}
