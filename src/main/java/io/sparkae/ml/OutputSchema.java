package io.sparkae.ml;

import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema that an autoencoder's output columns lead to. */
final class OutputSchema {
  private OutputSchema() {}

  /**
   * The schema with the named output columns at its end; codes carry their width as metadata.
   *
   * @throws IllegalArgumentException if the features are missing or of another type, or an output
   *     column exists
   */
  static StructType of(AutoencoderParams stage, StructType schema) {
    Features.checkInput(schema, stage);
    StructType result = schema;
    if (stage.getOutputCol() != null) {
      StructField codes =
          new AttributeGroup(stage.getOutputCol(), stage.getCodeSize()).toStructField();
      result = append(result, "outputCol", codes);
    }
    if (stage.getReconstructionCol() != null) {
      StructField reconstructions =
          new AttributeGroup(stage.getReconstructionCol()).toStructField();
      result = append(result, "reconstructionCol", reconstructions);
    }
    if (stage.getErrorCol() != null) {
      StructField error =
          DataTypes.createStructField(stage.getErrorCol(), DataTypes.DoubleType, false);
      result = append(result, "errorCol", error);
    }
    return result;
  }

  private static StructType append(StructType schema, String param, StructField field) {
    if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
      throw new IllegalArgumentException(
          param + " " + field.name() + " is already a column: name another");
    }
    return schema.add(field);
  }
}
