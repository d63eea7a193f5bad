package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * How codes are searched for.
 *
 * @param starts points that a search begins at, for each row: that of the encoder's code, and draws
 *     from what codes are like
 * @param steps gradient steps from each of them
 * @param stepSize length of the first steps, in standard deviations of the codes; it falls to 0
 *     along a cosine
 * @param priorWeight λ, weight of the pull ½‖u − c‖² of a point u towards c, beside −log p(x|u)
 */
public record SearchSettings(int starts, int steps, double stepSize, double priorWeight)
    implements Serializable {
  /** Good for a variational autoencoder of MNIST's digits, half of whose features are missing. */
  public static final SearchSettings DEFAULT = new SearchSettings(32, 60, 0.2, 1);

  /**
   * Checks the ranges.
   *
   * @param starts at least 1
   * @param steps at least 0
   * @param stepSize positive
   * @param priorWeight at least 0
   */
  public SearchSettings {
    Check.that(starts >= 1, "starts", "a whole number of at least 1", starts);
    Check.that(steps >= 0, "steps", "a whole number of at least 0", steps);
    Check.that(
        stepSize > 0 && Double.isFinite(stepSize), "stepSize", "a positive number", stepSize);
    Check.that(
        priorWeight >= 0 && Double.isFinite(priorWeight),
        "priorWeight",
        "a number of at least 0",
        priorWeight);
  }
}
