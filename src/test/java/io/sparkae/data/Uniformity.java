package io.sparkae.data;

import java.util.Arrays;

/** How far samples are from being uniform. */
final class Uniformity {
  private Uniformity() {}

  /**
   * Pearson's χ² of counts that should be equal. With 12, 35 and 38 degrees of freedom (one less
   * than there are counts) it is above 32.9, 66.6 and 70.7 once in a thousand times.
   */
  static double chiSquare(long[] counts) {
    double mean = Arrays.stream(counts).average().orElseThrow();
    return Arrays.stream(counts).mapToDouble(n -> (n - mean) * (n - mean) / mean).sum();
  }

  /**
   * The statistic √n·D of Kolmogorov and Smirnov against the uniform distribution on [0, 1): above
   * 1.95 once in a thousand times.
   */
  static double kolmogorovSmirnov(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    double furthest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double below = (double) i / sorted.length;
      double upTo = (i + 1.0) / sorted.length;
      furthest = Math.max(furthest, Math.max(upTo - sorted[i], sorted[i] - below));
    }
    return Math.sqrt(sorted.length) * furthest;
  }
}
