package io.sparkae.ml;

import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema that a stage's output columns lead to. */
final class OutputSchema {
  private OutputSchema() {}

  /**
   * The schema with the named output columns at its end; codes carry their width as metadata.
   *
   * @param codeSize width of the codes
   * @throws IllegalArgumentException if the features are missing or of another type, or an output
   *     column exists
   */
  static StructType of(ColumnParams stage, StructType schema, int codeSize) {
    Features.checkInput(schema, stage);
    StructType result = schema;
    if (stage.getOutputCol() != null) {
      StructField codes = new AttributeGroup(stage.getOutputCol(), codeSize).toStructField();
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

  /** The same for a restricted Boltzmann machine, with its other columns behind. */
  static StructType of(RestrictedBoltzmannMachineParams stage, StructType schema) {
    StructType result = of(stage, schema, stage.getHiddenUnits());
    if (stage.getFreeEnergyCol() != null) {
      StructField energy =
          DataTypes.createStructField(stage.getFreeEnergyCol(), DataTypes.DoubleType, false);
      result = append(result, "freeEnergyCol", energy);
    }
    if (stage.getSampleCol() != null) {
      StructField samples = new AttributeGroup(stage.getSampleCol()).toStructField();
      result = append(result, "sampleCol", samples);
    }
    return result;
  }

  /**
   * The schema with one more field.
   *
   * @param param the Param that names the field
   * @throws IllegalArgumentException if it has a field of that name, naming the Param
   */
  static StructType append(StructType schema, String param, StructField field) {
    if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
      throw new IllegalArgumentException(
          param + " " + field.name() + " is already a column: name another");
    }
    return schema.add(field);
  }
}
