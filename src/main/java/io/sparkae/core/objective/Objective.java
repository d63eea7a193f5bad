package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.ParameterLayout;
import java.io.Serializable;
import java.util.List;

/**
 * What is trained: turns (minibatch, parameters, statistics, progress, random streams) into a
 * direction over the flat parameter vector, with named sums beside it.
 *
 * <p>The direction points uphill: an optimizer walks against it. For a differentiable loss it is
 * the gradient; for an energy model, a game or a map it is whatever the method subtracts.
 */
public interface Objective extends Serializable {
  /** {@return the columns that a minibatch must have, the features first} */
  List<ColumnSpec> columns();

  /** {@return the parameters} */
  ParameterLayout layout();

  /** {@return the losses that are summed and reported} */
  List<LossSpec> losses();

  /**
   * {@return the summands of the direction: by default one over all parameters, divided by the
   * rows}
   */
  default List<Term> terms() {
    return List.of(new Term("direction", 0, layout().size(), WeightSpec.ROWS.name()));
  }

  /** {@return the divisors: by default the rows alone} */
  default List<WeightSpec> weights() {
    return List.of(WeightSpec.ROWS);
  }

  /** {@return the statistics that are kept from step to step: by default none} */
  default List<StatisticSpec> statistics() {
    return List.of();
  }

  /** {@return the groups of parameters: by default one, named {@code all}} */
  default List<ParameterGroup> groups() {
    return List.of(new ParameterGroup("all", 0, layout().size()));
  }

  /**
   * {@return whether the direction is the exact gradient of the sum of the losses, without chance
   * and the same at every moment of the training}
   */
  boolean isExactGradient();

  /**
   * {@return what keeps the direction from being the exact gradient, in words that go on after
   * "because"; asked for only where {@link #isExactGradient()} says that it is not}
   */
  default String inexactBecause() {
    return "its direction is not the exact gradient of what it minimises";
  }

  /**
   * {@return whether the loss couples the rows of a minibatch, which is then not cut into
   * micro-batches}
   */
  default boolean couplesRows() {
    return false;
  }

  /**
   * {@return statistics that a pass over all rows fills before training; they start as sum /
   * weight}
   */
  default List<String> preparedStatistics() {
    return List.of();
  }

  /**
   * {@return statistics that an optimizer over the full batch computes anew (by {@link
   * Workspace#prepare}) wherever it asks for losses and direction, so that the direction is the
   * exact gradient}
   */
  default List<String> fullBatchStatistics() {
    return List.of();
  }

  /**
   * {@return statistics whose means over the rows of each epoch are kept with the trained model, to
   * be looked at}
   */
  default List<String> recordedStatistics() {
    return List.of();
  }

  /** {@return statistics that a pass over all rows renews after each epoch but the last} */
  default List<String> renewedStatistics() {
    return List.of();
  }

  /**
   * {@return the buffers and the program that compute the direction for the rows in {@code
   * minibatch}}
   *
   * @param minibatch holds the rows of every pass through the workspace
   */
  Workspace newWorkspace(Minibatch minibatch);
}
