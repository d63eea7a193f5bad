package io.sparkae.core.objective;

import java.io.Serializable;

/**
 * A named divisor that travels beside the sums.
 *
 * @param name rows, labelled rows, kernel mass…
 * @param length numbers; 1 unless a term's parts have divisors of their own
 */
public record WeightSpec(String name, int length) implements Serializable {
  /** The rows of the minibatch. */
  public static final WeightSpec ROWS = new WeightSpec("rows", 1);
}
