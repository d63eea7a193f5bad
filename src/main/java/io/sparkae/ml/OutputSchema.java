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
    result = appendCodes(result, "outputCol", stage.getOutputCol(), codeSize);
    if (stage.getReconstructionCol() != null) {
      StructField reconstructions =
          new AttributeGroup(stage.getReconstructionCol()).toStructField();
      result = append(result, "reconstructionCol", reconstructions);
    }
    return appendNumber(result, "errorCol", stage.getErrorCol());
  }

  /** The same for a restricted Boltzmann machine, with its other columns behind. */
  static StructType of(RestrictedBoltzmannMachineParams stage, StructType schema) {
    StructType result = of(stage, schema, stage.getHiddenUnits());
    result = appendNumber(result, "freeEnergyCol", stage.getFreeEnergyCol());
    if (stage.getSampleCol() != null) {
      StructField samples = new AttributeGroup(stage.getSampleCol()).toStructField();
      result = append(result, "sampleCol", samples);
    }
    return result;
  }

  /** The same for a variational autoencoder, with its other columns behind. */
  static StructType of(VariationalAutoencoderParams stage, StructType schema) {
    StructType result = of(stage, schema, stage.getCodeSize());
    result = appendCodes(result, "logVarianceCol", stage.getLogVarianceCol(), stage.getCodeSize());
    result = appendCodes(result, "codeSampleCol", stage.getCodeSampleCol(), stage.getCodeSize());
    result = appendNumber(result, "elboCol", stage.getElboCol());
    return appendNumber(result, "logLikelihoodCol", stage.getLogLikelihoodCol());
  }

  /** The schema with the column of a generative adversarial network, if it is named. */
  static StructType of(GenerativeAdversarialNetworkParams stage, StructType schema) {
    Features.checkInput(schema, stage);
    return appendNumber(schema, "discriminatorCol", stage.getDiscriminatorCol());
  }

  /** With a column of codes, unless its name is null. */
  private static StructType appendCodes(
      StructType schema, String param, String name, int codeSize) {
    return name == null
        ? schema
        : append(schema, param, new AttributeGroup(name, codeSize).toStructField());
  }

  /** With a column of numbers, unless its name is null. */
  private static StructType appendNumber(StructType schema, String param, String name) {
    return name == null
        ? schema
        : append(schema, param, DataTypes.createStructField(name, DataTypes.DoubleType, false));
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
