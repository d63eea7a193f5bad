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

  /**
   * Copies these elements of one flat vector to a slice of another.
   *
   * @param source the vector that this is a slice of
   * @param to a slice of as many elements
   * @param target the vector that {@code to} is a slice of
   */
  public void copy(float[] source, ParameterSlice to, float[] target) {
    System.arraycopy(source, offset, target, to.offset, length());
  }
}
