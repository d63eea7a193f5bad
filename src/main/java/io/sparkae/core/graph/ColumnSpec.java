package io.sparkae.core.graph;

import java.io.Serializable;

/**
 * A named column of a minibatch.
 *
 * @param name role of the column: features, label, weight, mask…
 * @param width numbers in each row
 * @param sparse whether rows are stored by their non-zero elements
 */
public record ColumnSpec(String name, int width, boolean sparse) implements Serializable {
  /** The column that every model has. */
  public static final String FEATURES = "features";

  /**
   * {@return a dense column}
   *
   * @param name role of the column
   * @param width numbers in each row
   */
  public static ColumnSpec dense(String name, int width) {
    return new ColumnSpec(name, width, false);
  }
}
