package io.sparkae.ml;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.InvalidRowException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a features column holds: its type, its width, whether its rows are sparse. */
final class Features {
  private static final int SAMPLE_ROWS = 100;

  /** Below this part of non-zero elements, touching those alone is quicker than a dense product. */
  private static final double SPARSE_DENSITY = 0.05;

  private Features() {}

  /**
   * Checks that the column is there and holds numbers that a model can read.
   *
   * @throws IllegalArgumentException naming the column, what it is and what would do
   */
  static void checkInput(StructType schema, String column) {
    DataType type = field(schema, column).dataType();
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    boolean isArray =
        type instanceof ArrayType array
            && (array.elementType().equals(DataTypes.FloatType)
                || array.elementType().equals(DataTypes.DoubleType));
    if (!isVector && !isArray) {
      throw new IllegalArgumentException(
          "featuresCol "
              + column
              + " must be a Vector, array<float> or array<double>, not "
              + type.catalogString());
    }
  }

  /**
   * Checks that the column has a model's width, as far as its metadata tells.
   *
   * @throws IllegalArgumentException naming the column and both widths
   */
  static void checkWidth(StructType schema, String column, int width) {
    int told = attributes(schema, column);
    if (told > 0 && told != width) {
      throw InvalidRowException.otherWidth(column, told, width);
    }
  }

  /**
   * Checks that not all of the first rows, nulls apart, have another width than a model; does
   * nothing where the metadata tells it or the rows are a stream.
   *
   * @throws IllegalArgumentException naming the column and both widths
   */
  static void checkRowWidths(Dataset<?> data, String column, int width) {
    if (data.isStreaming() || attributes(data.schema(), column) > 0) {
      return;
    }
    List<Row> sample = sample(data, column);
    if (!sample.isEmpty() && sample.stream().allMatch(row -> width(row) != width)) {
      throw InvalidRowException.otherWidth(column, width(sample.get(0)), width);
    }
  }

  private static List<Row> sample(Dataset<?> data, String column) {
    Column features = InputColumn.named(column);
    return data.select(features).where(features.isNotNull()).limit(SAMPLE_ROWS).collectAsList();
  }

  private static int width(Row row) {
    return row.get(0) instanceof Vector vector ? vector.size() : row.getList(0).size();
  }

  private static StructField field(StructType schema, String column) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(column)) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        "featuresCol "
            + column
            + " is not among the columns "
            + String.join(", ", schema.fieldNames()));
  }

  /**
   * Looks at the schema's metadata and the first rows that are not null.
   *
   * @return the column, of the width that its metadata tells or most of those rows have; of width 0
   *     if neither tells any
   */
  static InputColumn inspect(Dataset<?> data, String column, LossKind loss) {
    List<Row> sample = sample(data, column);
    boolean sparse = !sample.isEmpty();
    long elements = 0;
    long nonZeros = 0;
    Map<Integer, Integer> widths = new LinkedHashMap<>();
    for (Row row : sample) {
      int found = width(row);
      widths.merge(found, 1, Integer::sum);
      sparse &= row.get(0) instanceof SparseVector;
      elements += found;
      nonZeros += row.get(0) instanceof SparseVector vector ? vector.indices().length : found;
    }
    if (!sample.isEmpty() && elements == 0) {
      throw new IllegalArgumentException("featuresCol " + column + " has rows of no elements");
    }
    sparse &= nonZeros <= SPARSE_DENSITY * elements;
    int told = attributes(data.schema(), column);
    return column(column, told > 0 ? told : mostFrequent(widths), sparse, loss);
  }

  /** The key of the largest count, the first of several; 0 if there is none. */
  private static int mostFrequent(Map<Integer, Integer> counts) {
    int best = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > counts.getOrDefault(best, 0)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  private static int attributes(StructType schema, String column) {
    StructField field = field(schema, column);
    return field.dataType().equals(SQLDataTypes.VectorType())
        ? AttributeGroup.fromStructField(field).size()
        : 0;
  }

  /** The column with the range that the loss asks for. */
  private static InputColumn column(String column, int width, boolean sparse, LossKind loss) {
    ColumnSpec spec = new ColumnSpec(ColumnSpec.FEATURES, width, sparse);
    return loss == LossKind.CROSS_ENTROPY
        ? new InputColumn(column, spec, 0, 1, ", which crossEntropy needs (scale the features)")
        : InputColumn.of(column, spec);
  }
}
