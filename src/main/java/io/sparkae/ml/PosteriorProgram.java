package io.sparkae.ml;

import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalRunner;
import io.sparkae.core.train.RowProgram;

/**
 * Makes posteriors over codes of rows: means, then log-variances.
 *
 * @param seed of the draws that make features binary, keyed by the minibatch's row indices
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PosteriorProgram(VariationalNetwork network, float[] parameters, long seed)
    implements RowProgram {
  @Override
  public int inputs() {
    return network.inputs();
  }

  @Override
  public int width() {
    return 2 * network.settings().codeSize();
  }

  @Override
  public Batch open(int capacity) {
    VariationalRunner runner = VariationalRunner.posterior(network, parameters, capacity, seed);
    return RowProgram.batch(runner.minibatch(), () -> runner.run(0), runner::posteriors);
  }
}
