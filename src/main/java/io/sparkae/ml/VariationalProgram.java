package io.sparkae.ml;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.LogMean;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalRunner;
import io.sparkae.spark.BatchedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What executors compute for a batch of rows: those columns that are named.
 *
 * @param samples of each row for bounds and likelihoods
 * @param seed of all draws
 */
record VariationalProgram(
    VariationalNetwork network,
    boolean codes,
    boolean reconstructions,
    boolean errors,
    boolean logVariances,
    boolean codeSamples,
    boolean elbos,
    boolean logLikelihoods,
    int samples,
    long seed)
    implements BatchedRows.Program {
  /** Decoded rows at a time: as many as keep the matrix products busy. */
  private static final int DECODED_ROWS = 4096;

  /** The draw of {@link #codeSamples}; those of bounds and likelihoods follow. */
  private static final int SAMPLE_SERIES = 0;

  static VariationalProgram of(VariationalAutoencoderModel model, VariationalNetwork network) {
    return new VariationalProgram(
        network,
        model.getOutputCol() != null,
        model.getReconstructionCol() != null,
        model.getErrorCol() != null,
        model.getLogVarianceCol() != null,
        model.getCodeSampleCol() != null,
        model.getElboCol() != null,
        model.getLogLikelihoodCol() != null,
        model.getLikelihoodSamples(),
        model.getSeed());
  }

  private boolean draws() {
    return elbos || logLikelihoods;
  }

  private boolean reconstructs() {
    return reconstructions || errors;
  }

  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    return new RunnerBatch(this, parameters, capacity);
  }

  private static final class RunnerBatch implements BatchedRows.Batch {
    private final VariationalProgram program;
    private final VariationalRunner posterior;
    private final VariationalRunner decoder;
    private final VariationalRunner weights;
    private final int samplesAtATime;
    private final double[] likelihoods;
    private final LogMean[] estimates;

    RunnerBatch(VariationalProgram program, float[] parameters, int capacity) {
      VariationalNetwork network = program.network;
      this.program = program;
      this.posterior =
          program.codeSamples
              ? VariationalRunner.samples(network, parameters, capacity, program.seed)
              : VariationalRunner.posterior(network, parameters, capacity, program.seed);
      this.decoder =
          program.reconstructs() ? VariationalRunner.decoder(network, parameters, capacity) : null;
      this.samplesAtATime = Math.max(1, Math.min(program.samples, DECODED_ROWS / capacity));
      this.weights =
          program.draws()
              ? VariationalRunner.weights(
                  network, parameters, capacity, samplesAtATime, program.seed)
              : null;
      this.likelihoods = new double[capacity];
      this.estimates = new LogMean[capacity];
      Arrays.setAll(estimates, i -> new LogMean());
    }

    @Override
    public Minibatch minibatch() {
      return posterior.minibatch();
    }

    @Override
    public void run() {
      posterior.run(SAMPLE_SERIES);
      if (decoder != null) {
        decode();
      }
      if (weights != null) {
        draw();
      }
    }

    private void decode() {
      int size = program.network.settings().codeSize();
      Minibatch codes = decoder.minibatch();
      for (int row = 0; row < minibatch().rows(); row++) {
        codes.column(0).setRow(row, posterior.posteriors(), row * 2 * size);
      }
      codes.setRows(minibatch().rows());
      decoder.run(0);
    }

    private void draw() {
      int rows = minibatch().rows();
      Minibatch target = weights.minibatch();
      float[] features = minibatch().column(0).values();
      System.arraycopy(
          features, 0, target.column(0).values(), 0, rows * minibatch().column(0).width());
      System.arraycopy(minibatch().rowIndices(), 0, target.rowIndices(), 0, rows);
      target.setRows(rows);
      Arrays.fill(likelihoods, 0);
      for (LogMean estimate : estimates) {
        estimate.clear();
      }
      int series = SAMPLE_SERIES;
      for (int done = 0; done < program.samples; done += samplesAtATime) {
        series++;
        weights.run(series);
        int count = Math.min(samplesAtATime, program.samples - done);
        for (int row = 0; row < rows; row++) {
          for (int k = 0; k < count; k++) {
            likelihoods[row] += weights.logLikelihood(row, k) / program.samples;
            estimates[row].add(weights.logWeight(row, k));
          }
        }
      }
    }

    @Override
    public List<Object> outputs(int row) {
      List<Object> outputs = new ArrayList<>(7);
      int size = program.network.settings().codeSize();
      int width = program.network.inputs();
      if (program.codes) {
        outputs.add(vector(posterior.posteriors(), row * 2 * size, size));
      }
      if (program.reconstructions) {
        outputs.add(vector(decoder.means(), row * width, width));
      }
      if (program.errors) {
        float[] features = minibatch().column(0).values();
        outputs.add(AutoencoderProgram.squaredError(features, decoder.means(), row * width, width));
      }
      if (program.logVariances) {
        outputs.add(vector(posterior.posteriors(), row * 2 * size + size, size));
      }
      if (program.codeSamples) {
        outputs.add(vector(posterior.samples(), row * size, size));
      }
      if (program.elbos) {
        outputs.add(likelihoods[row] - posterior.kl(row));
      }
      if (program.logLikelihoods) {
        outputs.add(estimates[row].value());
      }
      return outputs;
    }

    private static Object vector(float[] values, int offset, int width) {
      return Vectors.dense(AutoencoderProgram.toDoubles(values, offset, width));
    }
  }
}
