package io.sparkae.core.optimize;

import java.util.Iterator;
import java.util.List;
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
   * All that a rule carries from one iteration to the next.
   *
   * @param iteration iterations done
   * @param point where it is
   * @param here value and gradient there
   * @param values values of the latest iterations, the oldest first
   * @param numbers the rule's own
   * @param vectors the rule's own, each as long as the point
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Memory(
      int iteration,
      double[] point,
      Evaluation here,
      double[] values,
      double[] numbers,
      List<double[]> vectors) {}

  /**
   * Where the rule is.
   *
   * @param iteration iterations done; the same as that of the iterate before if none was left to do
   * @param point the point
   * @param ended why there will be no other, unless that is because they were as many as allowed
   * @param memory what the rule can go on from; none of one that can not
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Iterate(int iteration, double[] point, Optional<String> ended, Optional<Memory> memory) {
    /**
     * Where a rule is that cannot be gone on from there.
     *
     * @param iteration iterations done
     * @param point the point
     * @param ended why there will be no other
     */
    public Iterate(int iteration, double[] point, Optional<String> ended) {
      this(iteration, point, ended, Optional.empty());
    }
  }

  /**
   * Walks from {@code start}.
   *
   * @param objective what is minimised
   * @param start where the walk begins
   * @return at least one iterate; each is computed when it is asked for
   */
  Iterator<Iterate> minimize(Objective objective, double[] start);

  /**
   * Goes on as if the walk that left a memory had not ended.
   *
   * @param objective what is minimised
   * @param memory of a walk over the same objective by the same rule
   * @return the iterates after it; each is computed when it is asked for
   * @throws IllegalArgumentException if the memory is of no walk by this rule
   */
  default Iterator<Iterate> resume(Objective objective, Memory memory) {
    throw new IllegalArgumentException("the rule keeps no memory");
  }
}
