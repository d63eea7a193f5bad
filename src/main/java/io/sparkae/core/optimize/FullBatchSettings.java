package io.sparkae.core.optimize;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * How long an optimizer that takes each step on all rows goes on.
 *
 * @param maxIter iterations at most, at least 1
 * @param tolerance training ends where 20 iterations lower the loss by less than this part of the
 *     first loss, or where the norm of the gradient is less than this part of the loss; at least 0
 */
public record FullBatchSettings(int maxIter, double tolerance) implements Serializable {
  /** What Spark's own L-BFGS goes by. */
  public static final FullBatchSettings DEFAULT = new FullBatchSettings(100, 1e-6);

  /**
   * Checks the ranges.
   *
   * @param maxIter at least 1
   * @param tolerance finite, at least 0
   */
  public FullBatchSettings {
    Check.that(maxIter >= 1, "maxIter", "a whole number of at least 1", maxIter);
    Check.that(
        tolerance >= 0 && Double.isFinite(tolerance), "tol", "a number of at least 0", tolerance);
  }
}
