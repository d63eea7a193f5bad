package io.sparkae.core.objective;

import io.sparkae.core.graph.Pass;

/** An objective bound to the buffers of one minibatch. Used by one thread at a time. */
public interface Workspace {
  /**
   * Adds losses, weights and statistics of the pass' rows to {@code sums}, and overwrites the
   * directions of its terms. Allocates nothing.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   * @param sums of the rows, not means
   */
  void compute(Pass pass, Sums sums);

  /**
   * Adds losses and weights of the pass' rows to {@code sums} as the trained model is to be held
   * against them: without noise, and without penalties on weights or code. The directions may be
   * overwritten. By default the same as {@link #compute}.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   * @param sums of the rows, not means
   */
  default void evaluate(Pass pass, Sums sums) {
    compute(pass, sums);
  }

  /**
   * Adds the sums and weights of {@link Objective#preparedStatistics()} and of {@link
   * Objective#fullBatchStatistics()}.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   * @param sums of the rows, not means
   */
  default void prepare(Pass pass, Sums sums) {
    throw new IllegalStateException(getClass().getName() + " prepares no statistics");
  }

  /**
   * Adds the sums and weights of {@link Objective#renewedStatistics()}.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   * @param sums of the rows, not means
   */
  default void renew(Pass pass, Sums sums) {
    throw new IllegalStateException(getClass().getName() + " renews no statistics");
  }
}
