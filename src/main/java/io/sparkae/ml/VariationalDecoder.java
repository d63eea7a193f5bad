package io.sparkae.ml;

import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalRunner;
import io.sparkae.core.train.RowProgram;

/** Makes rows of codes. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VariationalDecoder(VariationalNetwork network, float[] parameters) implements RowProgram {
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
    VariationalRunner runner = VariationalRunner.decoder(network, parameters, capacity);
    return RowProgram.batch(runner.minibatch(), () -> runner.run(0), runner::means);
  }
}
