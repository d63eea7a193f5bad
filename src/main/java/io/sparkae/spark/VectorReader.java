package io.sparkae.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Reads the numbers of one column of a row, whatever of the accepted types it has. */
final class VectorReader extends RowReader {
  private static final long serialVersionUID = 1L;

  private final int index;

  VectorReader(InputColumn column, int index) {
    super(column);
    this.index = index;
  }

  @Override
  String readDense(Row row, float[] target, int offset) {
    String fault = read(row, target, offset);
    return fault == null ? null : named(fault);
  }

  private String named(String fault) {
    return "column " + column().columns().get(0) + fault;
  }

  private String read(Row row, float[] target, int offset) {
    Object value = row.get(index);
    int width = column().spec().width();
    if (value == null) {
      return " is null";
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

  @Override
  boolean isSparse(Row row) {
    return row.get(index) instanceof SparseVector vector
        && InputColumn.isSparse(vector.indices().length, vector.size());
  }

  @Override
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
        return " has null at element " + i;
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

  @Override
  SparseVector readSparse(Row row, String[] fault) {
    Object value = row.get(index);
    if (!(value instanceof Vector vector)) {
      fault[0] = named(value == null ? " is null" : " is not a vector");
      return null;
    }
    if (vector.size() != column().spec().width()) {
      fault[0] = named(wrongWidth(vector.size()));
      return null;
    }
    SparseVector sparse = vector.toSparse();
    double[] values = sparse.values();
    for (int i = 0; i < values.length; i++) {
      float number = (float) values[i];
      if (!isValid(number)) {
        fault[0] = named(fault(number, place(sparse.indices()[i])));
        return null;
      }
    }
    return sparse;
  }

  private String wrongWidth(int width) {
    return " has " + width + " elements, expected " + column().spec().width();
  }

  private String check(float[] values, int offset, int width) {
    for (int i = 0; i < width; i++) {
      if (!isValid(values[offset + i])) {
        return fault(values[offset + i], place(i));
      }
    }
    return null;
  }

  private static String place(int element) {
    return " at element " + element;
  }
}
