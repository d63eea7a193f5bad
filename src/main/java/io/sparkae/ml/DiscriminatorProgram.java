package io.sparkae.ml;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.GenerativeNetwork;
import io.sparkae.core.objective.GenerativeRunner;
import io.sparkae.spark.BatchedRows;
import java.util.List;

/** What executors compute for a batch of rows: the probability that each is of the data. */
record DiscriminatorProgram(GenerativeNetwork network) implements BatchedRows.Program {
  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    return new RunnerBatch(GenerativeRunner.discriminator(network, parameters, capacity));
  }

  private record RunnerBatch(GenerativeRunner runner) implements BatchedRows.Batch {
    @Override
    public Minibatch minibatch() {
      return runner.minibatch();
    }

    @Override
    public void run() {
      runner.run();
    }

    @Override
    public List<Object> outputs(int row) {
      return List.of(1 / (1 + Math.exp(-runner.values()[row])));
    }
  }
}
