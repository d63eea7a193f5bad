package io.sparkae.spark;

import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;

/** Reads several columns of numbers side by side, with no vector made of them. */
final class NumbersReader extends RowReader {
  private static final long serialVersionUID = 1L;

  private final int[] indices;

  NumbersReader(InputColumn column, int[] indices) {
    super(column);
    this.indices = indices.clone();
  }

  @Override
  String readDense(Row row, float[] target, int offset) {
    for (int i = 0; i < indices.length; i++) {
      Object value = row.get(indices[i]);
      if (value == null && !column().missing()) {
        return name(i) + " is null";
      }
      float number = value == null ? Float.NaN : (float) ((Number) value).doubleValue();
      if (!isValid(number)) {
        return name(i) + fault(number, "");
      }
      target[offset + i] = number;
    }
    return null;
  }

  @Override
  SparseVector readSparse(Row row, String[] fault) {
    throw new UnsupportedOperationException("columns of numbers are dense");
  }

  @Override
  int width(Row row) {
    return indices.length;
  }

  private String name(int i) {
    return "column " + column().columns().get(i);
  }
}
