package io.sparkae.ml;

import io.sparkae.core.objective.CodeSearch;

/**
 * What several searches say together of a row.
 *
 * @param features of the row that the decoder makes
 * @param code of the most probable point that was found
 * @param error Σ(x − x̂)² over the known features
 * @param confidence in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Restoration(double[] features, double[] code, double error, double confidence) {
  private static final double TINY = 1e-9;

  /**
   * Puts together where the searches of a row ended: each counts by its weight w ∝ p(known
   * features|z).
   *
   * <p>The confidence is the part of the variance of the restored features that is explained, and
   * at least 0. Of a row that misses something it is 1 − Σᵢ(sᵢ + q·rᵢ) / Σᵢvᵢ over the missing
   * features i: sᵢ is the mean of (x̂ᵢ − restoredᵢ)² over all searches alike (with their weights,
   * which only the few best have, confidence was a third too high on half digits), rᵢ the mean
   * squared difference of rows from their reconstructions and vᵢ the variance, both of the table;
   * q, at least 1, is how much more than is usual in the table the known features differ. Of a row
   * that misses nothing it is 1 − max(Σ(x − x̂)², Σ rᵢ) / Σ vᵢ over all features.
   *
   * @param row its place in the search
   * @param given the row, NaN where it is not known
   * @param nearest whether the row is that of the code, or the weighted mean of all
   */
  static Restoration of(
      CodeSearch search, int row, float[] given, Likeness likeness, boolean nearest) {
    double[] weights = weights(search, row);
    int best = mostProbable(search, row);
    int width = given.length;
    int first = row * search.starts();
    double[] features = new double[width];
    for (int s = 0; s < weights.length; s++) {
      double weight = nearest ? (s == best ? 1 : 0) : weights[s];
      for (int i = 0; i < width; i++) {
        features[i] += weight * search.means()[(first + s) * width + i];
      }
    }
    double error = 0;
    double expected = 0;
    for (int i = 0; i < width; i++) {
      if (!Float.isNaN(given[i])) {
        error += (given[i] - features[i]) * (given[i] - features[i]);
        expected += likeness.residuals()[i];
      }
    }
    boolean whole = known(given) == width;
    double usual = expected * (whole ? 1 : likeness.usual());
    double surprise =
        usual > 0 ? Math.max(1, error / usual) : error > TINY ? Double.POSITIVE_INFINITY : 1;
    double[] spread = spread(search, row, features);
    float[] code = new float[search.codeSize()];
    search.codeInto(row, best, code);
    return new Restoration(
        features,
        AutoencoderProgram.toDoubles(code, 0, code.length),
        error,
        confidence(given, whole, spread, surprise, likeness));
  }

  /** The same of a row that stays as it is. */
  Restoration certain() {
    return new Restoration(features, code, error, 1);
  }

  /** w ∝ exp(−loss), with sum 1. */
  private static double[] weights(CodeSearch search, int row) {
    double[] weights = new double[search.starts()];
    double least = Double.POSITIVE_INFINITY;
    for (int s = 0; s < weights.length; s++) {
      least = Math.min(least, search.loss(row, s));
    }
    double sum = 0;
    for (int s = 0; s < weights.length; s++) {
      weights[s] = Math.exp(least - search.loss(row, s));
      sum += weights[s];
    }
    for (int s = 0; s < weights.length; s++) {
      weights[s] /= sum;
    }
    return weights;
  }

  private static int mostProbable(CodeSearch search, int row) {
    int best = 0;
    for (int s = 1; s < search.starts(); s++) {
      best = search.energy(row, s) < search.energy(row, best) ? s : best;
    }
    return best;
  }

  private static double[] spread(CodeSearch search, int row, double[] features) {
    double[] spread = new double[features.length];
    for (int s = 0; s < search.starts(); s++) {
      int at = (row * search.starts() + s) * features.length;
      for (int i = 0; i < features.length; i++) {
        double difference = search.means()[at + i] - features[i];
        spread[i] += difference * difference / search.starts();
      }
    }
    return spread;
  }

  private static int known(float[] given) {
    int known = 0;
    for (float value : given) {
      known += Float.isNaN(value) ? 0 : 1;
    }
    return known;
  }

  private static double confidence(
      float[] given, boolean whole, double[] spread, double surprise, Likeness likeness) {
    if (Double.isInfinite(surprise)) {
      return 0; // of rows that the model knows without an error, this one differs
    }
    double unexplained = 0;
    double variance = 0;
    for (int i = 0; i < given.length; i++) {
      if (whole || Float.isNaN(given[i])) {
        unexplained += spread[i] + surprise * likeness.residuals()[i];
        variance += likeness.variances()[i];
      }
    }
    return variance > 0 ? Math.max(0, 1 - unexplained / variance) : unexplained > 0 ? 0 : 1;
  }
}
