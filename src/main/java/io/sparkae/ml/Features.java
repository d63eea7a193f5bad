package io.sparkae.ml;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.spark.InputColumn;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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
   * Looks at the schema's metadata and the first rows.
   *
   * @return the column, of width 0 if the first rows tell none
   */
  static InputColumn inspect(Dataset<?> data, String column, LossKind loss) {
    List<Row> sample =
        data.select(functions.col("`" + column.replace("`", "``") + "`"))
            .limit(SAMPLE_ROWS)
            .collectAsList();
    int width = Math.max(0, attributes(data.schema(), column));
    boolean sparse = !sample.isEmpty();
    long elements = 0;
    long nonZeros = 0;
    for (Row row : sample) {
      if (row.isNullAt(0)) {
        continue;
      }
      int found = row.get(0) instanceof Vector vector ? vector.size() : row.getList(0).size();
      width = width == 0 ? found : width;
      sparse &= row.get(0) instanceof SparseVector;
      elements += found;
      nonZeros += row.get(0) instanceof SparseVector vector ? vector.indices().length : found;
    }
    sparse &= elements > 0 && nonZeros <= SPARSE_DENSITY * elements;
    return column(column, width, sparse, loss);
  }

  private static int attributes(StructType schema, String column) {
    StructField field = field(schema, column);
    return field.dataType().equals(SQLDataTypes.VectorType())
        ? AttributeGroup.fromStructField(field).size()
        : 0;
  }

  /** The column with the range that the loss asks for. */
  static InputColumn column(String column, int width, boolean sparse, LossKind loss) {
    ColumnSpec spec = new ColumnSpec(ColumnSpec.FEATURES, width, sparse);
    return loss == LossKind.CROSS_ENTROPY
        ? new InputColumn(column, spec, 0, 1, ", which crossEntropy needs")
        : InputColumn.of(column, spec);
  }
}
