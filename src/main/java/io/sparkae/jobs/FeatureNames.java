package io.sparkae.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.StructType;

/** What features are called. */
final class FeatureNames {
  private FeatureNames() {}

  /**
   * The names of the features in columns of a table; their numbers where they have none.
   *
   * @param columns one of vectors or arrays, or several of numbers
   * @param width features of a row
   */
  static List<String> of(StructType schema, List<String> columns, int width) {
    if (columns.size() > 1) {
      return columns;
    }
    List<String> names = new ArrayList<>();
    Attribute[] attributes = attributes(schema, columns.get(0));
    for (int i = 0; i < width; i++) {
      boolean named = attributes.length == width && attributes[i].name().isDefined();
      names.add(named ? attributes[i].name().get() : "feature " + i);
    }
    return names;
  }

  private static Attribute[] attributes(StructType schema, String column) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(column))
        .filter(field -> field.dataType().equals(SQLDataTypes.VectorType()))
        .map(AttributeGroup::fromStructField)
        .filter(group -> group.attributes().isDefined())
        .map(group -> group.attributes().get())
        .findFirst()
        .orElse(new Attribute[0]);
  }
}
