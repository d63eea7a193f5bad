package io.sparkae.data;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Labels as numbers, with their names in the column's metadata where they have any. */
public final class Labels {
  private static final String INDEXED = "sparkae_label";

  private Labels() {}

  /**
   * The table with a column {@code label} of doubles: numbers as they are, words as their places
   * among {@code names}, or among those that occur, sorted, if there are none.
   *
   * @param field column of the labels
   * @throws IllegalArgumentException if the column is of another type
   */
  static Dataset<Row> index(Dataset<Row> table, StructField field, List<String> names) {
    if (field.dataType() instanceof NumericType || field.dataType().equals(DataTypes.BooleanType)) {
      return table.withColumn(
          FeatureTables.LABEL, table.col(quoted(field.name())).cast(DataTypes.DoubleType));
    }
    if (!field.dataType().equals(DataTypes.StringType)) {
      throw new IllegalArgumentException(
          "the label column "
              + field.name()
              + " must be of numbers or words, not "
              + field.dataType().simpleString());
    }
    StringIndexerModel model =
        names.isEmpty()
            ? new StringIndexer()
                .setInputCol(field.name())
                .setOutputCol(INDEXED)
                .setStringOrderType("alphabetAsc")
                .fit(table)
            : new StringIndexerModel(names.toArray(String[]::new))
                .setInputCol(field.name())
                .setOutputCol(INDEXED);
    Dataset<Row> indexed = model.transform(table);
    return indexed
        .withColumn(FeatureTables.LABEL, col(INDEXED))
        .withMetadata(FeatureTables.LABEL, metadata(List.of(model.labelsArray()[0])));
  }

  /** What a column of labels tells of itself: the name of each number from 0 on. */
  static Metadata metadata(List<String> names) {
    return NominalAttribute.defaultAttr()
        .withName(FeatureTables.LABEL)
        .withValues(names.toArray(String[]::new))
        .toMetadata();
  }

  /** A column's name, whatever characters it has. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /**
   * {@return the names of a table's labels, by their numbers; none if it has no labels or no names}
   *
   * @param schema of the table
   */
  public static List<String> names(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(FeatureTables.LABEL))
        .map(Attribute::fromStructField)
        .filter(NominalAttribute.class::isInstance)
        .map(NominalAttribute.class::cast)
        .filter(nominal -> nominal.values().isDefined())
        .map(nominal -> List.of(nominal.values().get()))
        .findFirst()
        .orElse(List.of());
  }
}
