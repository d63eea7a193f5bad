package io.sparkae.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;

/** Reads the numbers of one input out of a row. */
abstract class RowReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputColumn column;

  RowReader(InputColumn column) {
    this.column = column;
  }

  /**
   * A reader of an input.
   *
   * @param indices places of the input's columns in a row
   */
  static RowReader of(InputColumn column, int... indices) {
    return indices.length == 1
        ? new VectorReader(column, indices[0])
        : new NumbersReader(column, indices);
  }

  final InputColumn column() {
    return column;
  }

  /**
   * Writes the row's numbers to target[offset, offset + width).
   *
   * @return what is wrong with the row, as a clause that names the column; null if nothing
   */
  abstract String readDense(Row row, float[] target, int offset);

  /** The row as a sparse vector, or null with the fault left in {@code fault}. */
  abstract SparseVector readSparse(Row row, String[] fault);

  /** Whether a row is a sparse vector, of few enough elements for them to be worth it. */
  boolean isSparse(Row row) {
    return false;
  }

  /** Numbers that a row has, 0 if it is null. */
  abstract int width(Row row);

  /**
   * What to throw of a row that is not valid: of another width, if that is what is wrong.
   *
   * @param number of the row within its partition, from 0
   * @param fault what {@link #readDense} said
   */
  final InvalidRowException invalid(Row row, long number, String fault) {
    int partition = TaskContext.getPartitionId();
    int width = width(row);
    int trained = column.spec().width();
    return width == 0 || width == trained
        ? new InvalidRowException(partition, number, fault)
        : InvalidRowException.otherWidth(
            partition, number, column.columns().get(0), width, trained);
  }

  /** Whether a number is finite and within the input's range, or NaN where that is allowed. */
  final boolean isValid(float value) {
    if (Float.isNaN(value)) {
      return column.missing();
    }
    return value >= column.lowest() && value <= column.highest() && !Float.isInfinite(value);
  }

  /** What is wrong with a number that is not valid, as the end of a clause. */
  final String fault(float value, String place) {
    if (!Float.isFinite(value)) {
      return " has " + value + place;
    }
    return " has "
        + value
        + place
        + ", outside ["
        + (float) column.lowest()
        + ", "
        + (float) column.highest()
        + "]"
        + column.rangeReason();
  }
}
