package io.sparkae.ml;

/**
 * The Params that {@link RestrictedBoltzmannMachine} and {@link RestrictedBoltzmannMachineModel}
 * share.
 */
public interface RestrictedBoltzmannMachineParams
    extends ColumnParams, RbmColumnParams, RbmParams, TrainingParams, ValidationParams {
  /** {@return where all the Params are kept} */
  RbmHolders holders();

  @Override
  default InputParams.Holder inputParams() {
    return holders().input;
  }

  @Override
  default ColumnParams.Holder columnParams() {
    return holders().columns;
  }

  @Override
  default RbmColumnParams.Holder rbmColumnParams() {
    return holders().rbmColumns;
  }

  @Override
  default RbmParams.Holder rbmParams() {
    return holders().rbm;
  }

  @Override
  default TrainingParams.Holder trainingParams() {
    return holders().training;
  }

  @Override
  default FullBatchParams.Holder fullBatchParams() {
    return holders().fullBatch;
  }

  @Override
  default ValidationParams.Holder validationParams() {
    return holders().validation;
  }
}
