package io.sparkae.core.optimize;

import java.util.Iterator;
import java.util.Optional;

/**
 * A rule that walks downhill over a function of a flat vector, by its values and exact gradients at
 * points of the rule's own choice.
 */
@FunctionalInterface
public interface FullBatchOptimizer {
  /** What is minimised. */
  @FunctionalInterface
  interface Objective {
    /**
     * {@return value and gradient at a point; a value that is not finite where there is none}
     *
     * @param point not changed
     */
    Evaluation at(double[] point);
  }

  /**
   * A value with its gradient.
   *
   * @param gradient as long as the point, of finite numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Evaluation(double value, double[] gradient) {}

  /**
   * Where the rule is.
   *
   * @param iteration iterations done; the same as that of the iterate before if none was left to do
   * @param point the point
   * @param ended why there will be no other, unless that is because they were as many as allowed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Iterate(int iteration, double[] point, Optional<String> ended) {}

  /**
   * Walks from {@code start}.
   *
   * @param objective what is minimised
   * @param start where the walk begins
   * @return at least one iterate; each is computed when it is asked for
   */
  Iterator<Iterate> minimize(Objective objective, double[] start);
}
