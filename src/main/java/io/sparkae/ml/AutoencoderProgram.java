package io.sparkae.ml;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.spark.BatchedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What executors compute for a batch of rows: those of code, reconstruction and error that are
 * named.
 */
record AutoencoderProgram(
    AutoencoderNetwork network, boolean codes, boolean reconstructions, boolean errors)
    implements BatchedRows.Program {
  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    return open(parameters, capacity, false);
  }

  @Override
  public Optional<BatchedRows.Batch> openSparse(float[] parameters, int capacity) {
    return isWide() ? Optional.empty() : Optional.of(open(parameters, capacity, true));
  }

  /** Whether it computes numbers for each feature. */
  private boolean isWide() {
    return reconstructions || errors;
  }

  private BatchedRows.Batch open(float[] parameters, int capacity, boolean sparse) {
    return new RunnerBatch(
        this, AutoencoderRunner.encoder(network, parameters, sparse, capacity, isWide()));
  }

  static double[] toDoubles(float[] values, int offset, int length) {
    double[] doubles = new double[length];
    for (int i = 0; i < length; i++) {
      doubles[i] = values[offset + i];
    }
    return doubles;
  }

  /** Σ(x − x̂)² over {@code length} elements from {@code offset} on. */
  static double squaredError(float[] x, float[] reconstruction, int offset, int length) {
    double sum = 0;
    for (int i = offset; i < offset + length; i++) {
      double difference = (double) x[i] - reconstruction[i];
      sum += difference * difference;
    }
    return sum;
  }

  private record RunnerBatch(AutoencoderProgram program, AutoencoderRunner runner)
      implements BatchedRows.Batch {
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
      List<Object> outputs = new ArrayList<>(3);
      int width = program.network.inputs();
      if (program.codes) {
        int size = program.network.settings().codeSize();
        outputs.add(Vectors.dense(toDoubles(runner.codes(), row * size, size)));
      }
      if (program.reconstructions) {
        outputs.add(Vectors.dense(toDoubles(runner.reconstructions(), row * width, width)));
      }
      if (program.errors) {
        float[] rows = runner.minibatch().column(0).values();
        outputs.add(squaredError(rows, runner.reconstructions(), row * width, width));
      }
      return outputs;
    }
  }
}
