package io.sparkae.ml;

import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema that a classifier's output columns lead to, in MLlib's order. */
final class PredictionSchema {
  private PredictionSchema() {}

  /**
   * The schema with the named output columns at its end.
   *
   * @param classes number of classes; 0 while it is not known
   * @throws IllegalArgumentException if the features are missing or of another type, or an output
   *     column exists
   */
  static StructType of(ClassifierParams stage, StructType schema, int classes) {
    Features.checkInput(schema, stage);
    StructType result = schema;
    if (!stage.getRawPredictionCol().isEmpty()) {
      StructField raw = vector(stage.getRawPredictionCol(), classes);
      result = OutputSchema.append(result, "rawPredictionCol", raw);
    }
    if (!stage.getProbabilityCol().isEmpty()) {
      StructField probability = vector(stage.getProbabilityCol(), classes);
      result = OutputSchema.append(result, "probabilityCol", probability);
    }
    if (!stage.getPredictionCol().isEmpty()) {
      StructField prediction =
          DataTypes.createStructField(stage.getPredictionCol(), DataTypes.DoubleType, false);
      result = OutputSchema.append(result, "predictionCol", prediction);
    }
    return result;
  }

  private static StructField vector(String name, int width) {
    AttributeGroup group = width > 0 ? new AttributeGroup(name, width) : new AttributeGroup(name);
    return group.toStructField();
  }
}
