package io.sparkae.ml;

import io.sparkae.core.train.TrainingSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.Params;

/**
 * The Params of one variational autoencoder: made once its uid is known, before anything asks for
 * them.
 */
public final class VariationalHolders implements Serializable {
  private static final long serialVersionUID = 1L;

  final InputParams.Holder input;
  final ColumnParams.Holder columns;
  final VariationalColumnParams.Holder variationalColumns;
  final VariationalParams.Holder variational;
  final TrainingParams.Holder training;
  final FullBatchParams.Holder fullBatch;
  final ValidationParams.Holder validation;

  VariationalHolders(Params stage) {
    input = new InputParams.Holder(stage);
    columns = new ColumnParams.Holder(stage);
    variationalColumns = new VariationalColumnParams.Holder(stage);
    variational = new VariationalParams.Holder(stage);
    training = new TrainingParams.Holder(stage);
    fullBatch = new FullBatchParams.Holder(stage);
    validation = new ValidationParams.Holder(stage);
  }

  void setDefaults(Params stage) {
    input.setDefaults(stage);
    variationalColumns.setDefaults(stage);
    variational.setDefaults(stage);
    training.setDefaults(stage, TrainingSettings.DEFAULT);
    fullBatch.setDefaults(stage);
    validation.setDefaults(stage);
  }
}
