package io.sparkae.ml;

/** The Params that {@link Autoencoder} and {@link AutoencoderModel} share. */
public interface AutoencoderParams
    extends ColumnParams, NetworkParams, TrainingParams, ValidationParams {
  /** {@return where all the Params are kept} */
  Holders holders();

  @Override
  default InputParams.Holder inputParams() {
    return holders().input;
  }

  @Override
  default ColumnParams.Holder columnParams() {
    return holders().columns;
  }

  @Override
  default NetworkParams.Holder networkParams() {
    return holders().network;
  }

  @Override
  default PenaltyParams.Holder penaltyParams() {
    return holders().penalties;
  }

  @Override
  default NoiseParams.Holder noiseParams() {
    return holders().noise;
  }

  @Override
  default KSparsityParams.Holder kSparsityParams() {
    return holders().kSparsity;
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
