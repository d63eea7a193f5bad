package io.sparkae.core.graph;

import java.io.Serializable;

/**
 * A named matrix (or vector, of one row) within the flat parameter vector, row-major.
 *
 * @param name such as {@code encoder.0.weight}
 * @param rows inputs of a weight matrix
 * @param columns outputs of a weight matrix
 * @param offset index of the first element
 * @param initializer how it starts
 */
public record ParameterSlice(
    String name, int rows, int columns, int offset, Initializer initializer)
    implements Serializable {
  /** {@return elements} */
  public int length() {
    return rows * columns;
  }

  /** {@return index behind the last element} */
  public int end() {
    return offset + length();
  }
}
