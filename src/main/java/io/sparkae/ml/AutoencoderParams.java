package io.sparkae.ml;

/** The Params that {@link Autoencoder} and {@link AutoencoderModel} share. */
public interface AutoencoderParams
    extends ColumnParams, NetworkParams, TrainingParams, ValidationParams {}
