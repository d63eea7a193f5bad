package io.sparkae.ml;

import io.sparkae.core.objective.GenerativeNetwork;
import io.sparkae.core.objective.GenerativeRunner;
import io.sparkae.core.train.RowProgram;

/** Makes rows of codes. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GeneratorProgram(GenerativeNetwork network, float[] parameters) implements RowProgram {
  @Override
  public int inputs() {
    return network.settings().codeSize();
  }

  @Override
  public int width() {
    return network.features();
  }

  @Override
  public Batch open(int capacity) {
    GenerativeRunner runner = GenerativeRunner.generator(network, parameters, capacity);
    return RowProgram.batch(runner.minibatch(), runner::run, runner::values);
  }
}
