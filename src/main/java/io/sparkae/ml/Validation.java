package io.sparkae.ml;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.Trainer;
import io.sparkae.spark.TrainingRows;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Keeps apart the rows that a fraction or a column of booleans names. */
final class Validation {
  private Validation() {}

  /**
   * Checks how a stage validates, if it does.
   *
   * @throws IllegalArgumentException naming the Param and its value
   */
  static void check(Params stage, StructType schema) {
    if (stage instanceof ValidationParams validating) {
      validating.validationSettings();
      checkIndicator(validating, schema);
    }
  }

  /**
   * Checks that the indicator column, if one is named, is there and of booleans.
   *
   * @throws IllegalArgumentException naming the column and what it is
   */
  private static void checkIndicator(ValidationParams stage, StructType schema) {
    String name = stage.getValidationIndicatorCol();
    if (name == null) {
      return;
    }
    StructField field =
        Arrays.stream(schema.fields())
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "validationIndicatorCol "
                            + name
                            + " is not among the columns "
                            + String.join(", ", schema.fieldNames())));
    if (!field.dataType().equals(DataTypes.BooleanType)) {
      throw new IllegalArgumentException(
          "validationIndicatorCol "
              + name
              + " must be of booleans, not "
              + field.dataType().catalogString());
    }
  }

  /**
   * Trains a stage's objective; if it validates, on rows whose indicator is true, and all others
   * (null too) are trained on.
   *
   * @param columns what the objective reads
   * @param listener who hears of it; null for nobody
   * @param checkpoints where the training leaves its own
   */
  static <S extends InputParams & TrainingParams> Trainer.Outcome train(
      S stage,
      Objective objective,
      Dataset<?> data,
      List<InputColumn> columns,
      TrainingListener listener,
      TrainingCheckpoints checkpoints) {
    TrainingSettings settings =
        stage instanceof ValidationParams validating
            ? stage.trainingSettings().withValidation(validating.validationSettings())
            : stage.trainingSettings();
    Trainer trainer =
        new Trainer(
            JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext()),
            objective,
            settings,
            listener == null ? TrainingListener.NONE : listener,
            checkpoints);
    try (TrainingRows rows = pack(stage, data, columns)) {
      return trainer.trainLast(rows);
    }
  }

  /**
   * Packs a stage's rows; those whose indicator is true are to be validated on, all others (null
   * too) to be trained on.
   *
   * @param columns what the objective reads
   */
  static TrainingRows pack(InputParams stage, Dataset<?> data, List<InputColumn> columns) {
    HandleInvalid handling = HandleInvalid.of(stage.getHandleInvalid());
    if (!(stage instanceof ValidationParams validating)) {
      return TrainingRows.pack(data, columns, handling, 0);
    }
    if (validating.getValidationIndicatorCol() == null) {
      double fraction = validating.validationSettings().fraction();
      return TrainingRows.pack(data, columns, handling, fraction);
    }
    Column marked = InputColumn.named(validating.getValidationIndicatorCol());
    return TrainingRows.pack(data, marked, columns, handling);
  }
}
