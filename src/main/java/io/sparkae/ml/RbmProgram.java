package io.sparkae.ml;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmRunner;
import io.sparkae.core.random.RandomStreams;
import io.sparkae.spark.BatchedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What executors compute for a batch of rows: those columns that are named.
 *
 * @param sampleSteps Gibbs steps from a row to its sample; 0 for no samples
 * @param seed of the samples
 */
record RbmProgram(
    RbmNetwork network,
    boolean codes,
    boolean reconstructions,
    boolean errors,
    boolean freeEnergies,
    int sampleSteps,
    long seed)
    implements BatchedRows.Program {
  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    return new RunnerBatch(this, new RbmRunner(network, parameters, capacity), capacity);
  }

  private static final class RunnerBatch implements BatchedRows.Batch {
    private final RbmProgram program;
    private final RbmRunner runner;
    private final RandomStreams random;
    private final boolean reconstructs;
    private float[] reconstructions = new float[0];
    private float[] samples = new float[0];

    RunnerBatch(RbmProgram program, RbmRunner runner, int capacity) {
      this.program = program;
      this.runner = runner;
      this.random = new RandomStreams(program.seed);
      this.reconstructs = program.reconstructions || program.errors;
      if (reconstructs && program.sampleSteps > 0) {
        reconstructions = new float[Math.multiplyExact(capacity, program.network.visible())];
      }
    }

    @Override
    public Minibatch minibatch() {
      return runner.minibatch();
    }

    @Override
    public void run() {
      runner.run();
      if (reconstructs && program.sampleSteps > 0) { // samples take the runner's place of them
        int length = minibatch().rows() * program.network.visible();
        System.arraycopy(runner.reconstruct(), 0, reconstructions, 0, length);
      } else if (reconstructs) {
        reconstructions = runner.reconstruct();
      }
      if (program.sampleSteps > 0) {
        samples = runner.sample(random, program.sampleSteps);
      }
    }

    @Override
    public List<Object> outputs(int row) {
      List<Object> outputs = new ArrayList<>(5);
      int visible = program.network.visible();
      if (program.codes) {
        outputs.add(vector(runner.hidden(), row, program.network.hidden()));
      }
      if (program.reconstructions) {
        outputs.add(vector(reconstructions, row, visible));
      }
      if (program.errors) {
        float[] rows = minibatch().column(0).values();
        outputs.add(AutoencoderProgram.squaredError(rows, reconstructions, row * visible, visible));
      }
      if (program.freeEnergies) {
        outputs.add(runner.freeEnergy(row));
      }
      if (program.sampleSteps > 0) {
        outputs.add(vector(samples, row, visible));
      }
      return outputs;
    }

    private static Object vector(float[] values, int row, int width) {
      return Vectors.dense(AutoencoderProgram.toDoubles(values, row * width, width));
    }
  }
}
