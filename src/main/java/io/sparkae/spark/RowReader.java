package io.sparkae.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Reads the numbers of one column of a row, whatever of the accepted types it has. */
final class RowReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputColumn column;
  private final int index;

  RowReader(InputColumn column, int index) {
    this.column = column;
    this.index = index;
  }

  InputColumn column() {
    return column;
  }

  /**
   * Writes the row's numbers to target[offset, offset + width).
   *
   * @return what is wrong with the row, null if nothing
   */
  String readDense(Row row, float[] target, int offset) {
    Object value = row.get(index);
    int width = column.spec().width();
    if (value == null) {
      return "is null";
    } else if (value instanceof DenseVector vector) {
      return readArray(vector.values(), width, target, offset);
    } else if (value instanceof SparseVector vector) {
      return scatter(vector, width, target, offset);
    } else if (value instanceof Number number) {
      return readArray(new double[] {number.doubleValue()}, width, target, offset);
    } else {
      return readList(row.getList(index), width, target, offset);
    }
  }

  /** Numbers that a row has, 0 if it is null. */
  int width(Row row) {
    Object value = row.get(index);
    if (value == null) {
      return 0;
    } else if (value instanceof Vector vector) {
      return vector.size();
    }
    return value instanceof Number ? 1 : row.getList(index).size();
  }

  private String readArray(double[] values, int width, float[] target, int offset) {
    if (values.length != width) {
      return wrongWidth(values.length);
    }
    for (int i = 0; i < width; i++) {
      target[offset + i] = (float) values[i];
    }
    return check(target, offset, width);
  }

  private String readList(List<?> values, int width, float[] target, int offset) {
    if (values.size() != width) {
      return wrongWidth(values.size());
    }
    int i = 0;
    for (Object value : values) {
      if (value == null) {
        return "has null at element " + i;
      }
      target[offset + i++] = ((Number) value).floatValue();
    }
    return check(target, offset, width);
  }

  private String scatter(SparseVector vector, int width, float[] target, int offset) {
    if (vector.size() != width) {
      return wrongWidth(vector.size());
    }
    Arrays.fill(target, offset, offset + width, 0f);
    int[] indices = vector.indices();
    double[] values = vector.values();
    for (int i = 0; i < indices.length; i++) {
      target[offset + indices[i]] = (float) values[i];
    }
    return check(target, offset, width);
  }

  /** The row as a sparse vector, or null with the fault left in {@code fault}. */
  SparseVector readSparse(Row row, String[] fault) {
    Object value = row.get(index);
    if (!(value instanceof Vector vector)) {
      fault[0] = value == null ? "is null" : "is not a vector";
      return null;
    }
    if (vector.size() != column.spec().width()) {
      fault[0] = wrongWidth(vector.size());
      return null;
    }
    SparseVector sparse = vector.toSparse();
    double[] values = sparse.values();
    for (int i = 0; i < values.length; i++) {
      fault[0] = check((float) values[i], sparse.indices()[i]);
      if (fault[0] != null) {
        return null;
      }
    }
    return sparse;
  }

  private String wrongWidth(int width) {
    return "has " + width + " elements, expected " + column.spec().width();
  }

  private String check(float[] values, int offset, int width) {
    for (int i = 0; i < width; i++) {
      float value = values[offset + i];
      if (!(value >= column.lowest() && value <= column.highest()) || Float.isInfinite(value)) {
        return check(value, i);
      }
    }
    return null;
  }

  private String check(float value, int element) {
    if (!Float.isFinite(value)) {
      return "has " + value + " at element " + element;
    }
    if (value < column.lowest() || value > column.highest()) {
      return "has "
          + value
          + " at element "
          + element
          + ", outside ["
          + (float) column.lowest()
          + ", "
          + (float) column.highest()
          + "]"
          + column.rangeReason();
    }
    return null;
  }
}
