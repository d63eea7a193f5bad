package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.InvalidRowException;
import io.sparkae.spark.JobDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a stage reads: its type, its width, whether its rows are sparse. */
final class Features {
  private static final int SAMPLE_ROWS = 100;

  private Features() {}

  /** The names of the columns that a stage reads: several of numbers, or one of other types. */
  static List<String> columns(InputParams stage) {
    return stage.getInputCols() == null
        ? List.of(stage.getFeaturesCol())
        : List.of(stage.getInputCols());
  }

  /**
   * Checks that the columns are there and hold numbers that a model can read.
   *
   * @throws IllegalArgumentException naming the column, what it is and what would do
   */
  static void checkInput(StructType schema, InputParams stage) {
    if (stage.getInputCols() == null) {
      checkVectors(schema, "featuresCol", stage.getFeaturesCol());
      return;
    }
    checkOneIsSet(stage, stage.featuresCol(), stage.inputCols());
    checkNumbers(schema, stage.getInputCols());
  }

  /**
   * Checks that a stage's features are not named in two ways.
   *
   * @throws IllegalArgumentException if they are
   */
  static void checkOneIsSet(Params stage, Param<?> featuresCol, Param<?> inputCols) {
    if (stage.isSet(featuresCol) && stage.isSet(inputCols)) {
      throw new IllegalArgumentException(
          "featuresCol and inputCols exclude each other: name the features by one of them");
    }
  }

  /**
   * Checks that columns are there and of numbers.
   *
   * @throws IllegalArgumentException naming the first that is not
   */
  static void checkNumbers(StructType schema, String... columns) {
    for (String column : columns) {
      DataType type = field(schema, "inputCols", column).dataType();
      if (!(type instanceof NumericType)) {
        throw new IllegalArgumentException(
            "inputCols " + column + " must be of numbers, not " + type.catalogString());
      }
    }
  }

  /**
   * Checks that a column is there and of vectors or arrays.
   *
   * @param param the Param that names it
   * @throws IllegalArgumentException if it is not
   */
  static void checkVectors(StructType schema, String param, String column) {
    DataType type = field(schema, param, column).dataType();
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    boolean isArray =
        type instanceof ArrayType array
            && (array.elementType().equals(DataTypes.FloatType)
                || array.elementType().equals(DataTypes.DoubleType));
    if (!isVector && !isArray) {
      throw new IllegalArgumentException(
          param
              + " "
              + column
              + " must be a Vector, array<float> or array<double>, not "
              + type.catalogString()
              + (type instanceof NumericType ? ": columns of numbers are named by inputCols" : ""));
    }
  }

  /**
   * Checks that the columns have a model's width, as far as their number or the metadata tells.
   *
   * @throws IllegalArgumentException naming the column and both widths
   */
  static void checkWidth(StructType schema, InputParams stage, int width) {
    String[] numbers = stage.getInputCols();
    if (numbers != null) {
      Check.that(
          numbers.length == width,
          "inputCols",
          width + " columns, as the model was trained on",
          numbers.length);
      return;
    }
    String column = stage.getFeaturesCol();
    int told = attributes(schema, column);
    if (told > 0 && told != width) {
      throw InvalidRowException.otherWidth(column, told, width);
    }
  }

  /**
   * Checks that not all of the first rows, nulls apart, have another width than a model; does
   * nothing where columns of numbers or the metadata tell it or the rows are a stream.
   *
   * @throws IllegalArgumentException naming the column and both widths
   */
  static void checkRowWidths(Dataset<?> data, InputParams stage, int width) {
    String column = stage.getFeaturesCol();
    if (stage.getInputCols() != null
        || data.isStreaming()
        || attributes(data.schema(), column) > 0) {
      return;
    }
    List<Row> sample = sample(data, column);
    if (!sample.isEmpty() && sample.stream().allMatch(row -> width(row) != width)) {
      throw InvalidRowException.otherWidth(column, width(sample.get(0)), width);
    }
  }

  private static List<Row> sample(Dataset<?> data, String column) {
    Column features = InputColumn.named(column);
    Dataset<Row> first = data.select(features).where(features.isNotNull()).limit(SAMPLE_ROWS);
    return JobDescription.during(
        data.sparkSession().sparkContext(),
        "sparkae: looking at the first rows of " + column,
        first::collectAsList);
  }

  private static int width(Row row) {
    return row.get(0) instanceof Vector vector ? vector.size() : row.getList(0).size();
  }

  /**
   * The field of a column that a Param names.
   *
   * @throws IllegalArgumentException if there is none, naming the Param and the columns
   */
  static StructField field(StructType schema, String param, String column) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(column)) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        param
            + " "
            + column
            + " is not among the columns "
            + String.join(", ", schema.fieldNames()));
  }

  /** The features in the range that the loss asks for. */
  static InputColumn inRange(InputColumn features, LossKind loss) {
    return loss == LossKind.CROSS_ENTROPY
        ? features.within(0, 1, ", which crossEntropy needs (scale the features)")
        : features;
  }

  /**
   * Features in [0, 1].
   *
   * @param who asks for that
   * @param otherwise the Param and its value that ask for nothing
   */
  static InputColumn inUnitInterval(InputColumn features, String who, String otherwise) {
    return features.within(
        0, 1, ", which " + who + " needs (scale the features, or set " + otherwise + ")");
  }

  /**
   * What a stage reads: columns of numbers as they are named; a column of vectors or arrays after a
   * look at the schema's metadata and the first rows that are not null.
   *
   * @return the columns, of as many numbers as there are, or the column, of the width that its
   *     metadata tells or most of those rows have; of width 0 if neither tells any
   */
  static InputColumn inspect(Dataset<?> data, InputParams stage) {
    List<String> columns = columns(stage);
    ColumnSpec spec =
        stage.getInputCols() == null
            ? inspect(data, stage.getFeaturesCol())
            : ColumnSpec.dense(ColumnSpec.FEATURES, columns.size());
    return InputColumn.of(columns, spec);
  }

  private static ColumnSpec inspect(Dataset<?> data, String column) {
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
    sparse &= InputColumn.isSparse(nonZeros, elements);
    int told = attributes(data.schema(), column);
    return new ColumnSpec(ColumnSpec.FEATURES, told > 0 ? told : mostFrequent(widths), sparse);
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
    StructField field = field(schema, "featuresCol", column);
    return field.dataType().equals(SQLDataTypes.VectorType())
        ? AttributeGroup.fromStructField(field).size()
        : 0;
  }
}
