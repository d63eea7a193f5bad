package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.core.train.RowProgram;

/** Makes rows of codes. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AutoencoderDecoder(AutoencoderNetwork network, float[] parameters) implements RowProgram {
  @Override
  public int inputs() {
    return network.settings().codeSize();
  }

  @Override
  public int width() {
    return network.inputs();
  }

  @Override
  public Batch open(int capacity) {
    AutoencoderRunner runner = AutoencoderRunner.decoder(network, parameters, capacity);
    return RowProgram.batch(runner.minibatch(), runner::run, runner::reconstructions);
  }
}
