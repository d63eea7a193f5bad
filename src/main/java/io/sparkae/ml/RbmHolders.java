package io.sparkae.ml;

import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.Schedule;
import io.sparkae.core.train.TrainingSettings;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.ml.param.Params;

/**
 * The Params of one restricted Boltzmann machine stage: made once its uid is known, before anything
 * asks for them.
 */
public final class RbmHolders implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Steps, batches and momentum of Hinton 2012, sections 4, 7 and 9. */
  static final TrainingSettings TRAINING =
      new TrainingSettings(
          new OptimizerSettings(
              OptimizerSettings.Kind.MOMENTUM, 0.05, 0.5, 0.9, 0.999, 1e-8, Schedule.CONSTANT),
          Map.of(),
          100,
          10,
          TrainingSettings.DEFAULT.averaging(),
          0,
          0,
          0,
          1);

  final InputParams.Holder input;
  final ColumnParams.Holder columns;
  final RbmColumnParams.Holder rbmColumns;
  final RbmParams.Holder rbm;
  final TrainingParams.Holder training;
  final FullBatchParams.Holder fullBatch;
  final ValidationParams.Holder validation;

  RbmHolders(Params stage) {
    input = new InputParams.Holder(stage);
    columns = new ColumnParams.Holder(stage);
    rbmColumns = new RbmColumnParams.Holder(stage);
    rbm = new RbmParams.Holder(stage);
    training = new TrainingParams.Holder(stage);
    fullBatch = new FullBatchParams.Holder(stage);
    validation = new ValidationParams.Holder(stage);
  }

  void setDefaults(Params stage) {
    input.setDefaults(stage);
    rbmColumns.setDefaults(stage);
    rbm.setDefaults(stage);
    training.setDefaults(stage, TRAINING);
    fullBatch.setDefaults(stage);
    validation.setDefaults(stage);
  }
}
