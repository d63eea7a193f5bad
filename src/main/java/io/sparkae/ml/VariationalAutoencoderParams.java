package io.sparkae.ml;

/** The Params that {@link VariationalAutoencoder} and {@link VariationalAutoencoderModel} share. */
public interface VariationalAutoencoderParams
    extends ColumnParams,
        VariationalColumnParams,
        VariationalParams,
        TrainingParams,
        ValidationParams {
  /** {@return where all the Params are kept} */
  VariationalHolders holders();

  @Override
  default InputParams.Holder inputParams() {
    return holders().input;
  }

  @Override
  default ColumnParams.Holder columnParams() {
    return holders().columns;
  }

  @Override
  default VariationalColumnParams.Holder variationalColumnParams() {
    return holders().variationalColumns;
  }

  @Override
  default VariationalParams.Holder variationalParams() {
    return holders().variational;
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
