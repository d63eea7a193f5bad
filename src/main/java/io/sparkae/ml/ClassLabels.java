package io.sparkae.ml;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.objective.ClassifierObjective;
import io.sparkae.core.objective.Prior;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.JobDescription;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The column of class indices that a classifier learns from. */
final class ClassLabels {
  /** More classes than that must be named by metadata, as MLlib's classifiers want it. */
  private static final int MOST_CLASSES = 100;

  private ClassLabels() {}

  /**
   * Checks that the column is there and of numbers.
   *
   * @throws IllegalArgumentException naming the column and what it is
   */
  static void check(StructType schema, String column) {
    DataType type = Features.field(schema, "labelCol", column).dataType();
    if (!(type instanceof NumericType)) {
      throw new IllegalArgumentException(
          "labelCol "
              + column
              + " must be of numbers, not "
              + type.catalogString()
              + ": StringIndexer makes class indices of words");
    }
  }

  /**
   * Counts the classes: as many as the metadata names, or as the greatest label tells.
   *
   * @throws IllegalArgumentException naming a label that is no class index
   */
  static int count(Dataset<?> data, String column) {
    return count(data, column, 0);
  }

  /**
   * The same where somebody told the number of classes.
   *
   * @param told 0 if nobody did
   * @throws IllegalArgumentException if there are more
   */
  static int count(Dataset<?> data, String column, int told) {
    Column label = InputColumn.named(column).cast(DataTypes.DoubleType);
    Column broken = functions.when(label.notEqual(functions.floor(label)), 1).otherwise(0);
    Row found =
        JobDescription.during(
            data.sparkSession().sparkContext(),
            "sparkae: counting the classes of " + column,
            () ->
                data.where(label.isNotNull().and(functions.not(label.isNaN())))
                    .agg(min(label), max(label), sum(broken))
                    .first());
    if (found.isNullAt(0)) {
      throw new IllegalArgumentException("labelCol " + column + " has no value in any row");
    }
    double least = found.getDouble(0);
    double greatest = found.getDouble(1);
    int named = Math.max(told, named(data.schema(), column));
    if (greatest >= Math.max(MOST_CLASSES, named)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "labelCol %s goes up to %s: more than %d classes must be named by metadata, as"
                  + " StringIndexer does",
              column,
              greatest,
              MOST_CLASSES));
    }
    if (least < 0 || found.getLong(2) > 0) {
      throw new IllegalArgumentException(
          "labelCol "
              + column
              + " must hold class indices, whole numbers from 0, and goes from "
              + least
              + " to "
              + greatest
              + ": StringIndexer makes class indices of values");
    }
    int classes = Math.max((int) greatest + 1, named);
    Check.that(
        told == 0 || told >= classes,
        "numClasses",
        "at least " + classes + ", as labelCol " + column + " has them",
        told);
    if (classes < 2) {
      throw new IllegalArgumentException(
          "labelCol " + column + " has one class, 0: two are needed");
    }
    return classes;
  }

  private static int named(StructType schema, String column) {
    StructField field = Features.field(schema, "labelCol", column);
    return Attribute.fromStructField(field) instanceof NominalAttribute nominal
            && nominal.getNumValues().isDefined()
        ? (int) nominal.getNumValues().get()
        : 0;
  }

  /** The data with {@link Prior#UNKNOWN} where a class is null or NaN. */
  static Dataset<Row> withUnknown(Dataset<?> data, String name) {
    Column label = InputColumn.named(name).cast(DataTypes.DoubleType);
    return data.withColumn(
        name,
        functions
            .when(label.isNull().or(label.isNaN()), functions.lit((double) Prior.UNKNOWN))
            .otherwise(label));
  }

  /** The column as an objective reads it that heeds rows of unknown classes. */
  static InputColumn columnWithUnknown(String name, int classes) {
    return InputColumn.of(List.of(name), ColumnSpec.dense(ClassifierObjective.LABEL, 1))
        .within(Prior.UNKNOWN, classes - 1.0, ", the class indices");
  }

  /** The column as an objective reads it. */
  static InputColumn column(String name, int classes) {
    return InputColumn.of(List.of(name), ColumnSpec.dense(ClassifierObjective.LABEL, 1))
        .within(0, classes - 1.0, ", the class indices");
  }
}
