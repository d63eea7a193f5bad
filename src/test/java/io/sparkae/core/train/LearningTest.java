package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small problems whose answers are known. */
class LearningTest {
  private static TrainingSettings settings(
      double stepSize, Schedule schedule, int batch, int epochs, Averaging averaging, long seed) {
    OptimizerSettings adam =
        new OptimizerSettings(
            OptimizerSettings.Kind.ADAM, stepSize, 0.9, 0.9, 0.999, 1e-8, schedule);
    return new TrainingSettings(adam, Map.of(), batch, epochs, averaging, 1, 1, 0, seed);
  }

  /**
   * The 8-3-8 encoder (Ackley, Hinton, Sejnowski 1985; lecture 1): eight unit vectors, three units.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void eightUnitVectorsPassThroughThreeSigmoids(long seed) {
    int n = 8;
    float[][] unit = new float[n][n];
    for (int i = 0; i < n; i++) {
      unit[i][i] = 1;
    }
    AutoencoderNetwork network =
        new AutoencoderNetwork(
            n,
            new AutoencoderSettings(
                List.of(),
                3,
                Activation.SIGMOID,
                Activation.SIGMOID,
                Activation.SIGMOID,
                LossKind.CROSS_ENTROPY,
                false,
                0));
    AutoencoderObjective objective = new AutoencoderObjective(network, false);
    TrainingResult result =
        InProcessReplicas.train(
            objective,
            settings(0.05, Schedule.CONSTANT, n, 1500, Averaging.LOCAL, seed),
            1,
            Data.block(objective.columns(), unit));
    double loss = result.epochs().get(result.epochs().size() - 1).loss();
    // A guess of 1/8 everywhere costs 3.01 nats; without one bit of the code at least 2 ln 2.
    assertThat(loss).isLessThan(0.3);
    AutoencoderRunner runner =
        AutoencoderRunner.encoder(network, result.state().parameters(), false, n, true);
    for (int i = 0; i < n; i++) {
      runner.minibatch().column(0).setRow(i, unit[i], 0);
    }
    runner.minibatch().setRows(n);
    runner.run();
    for (int i = 0; i < n; i++) {
      float[] row = Arrays.copyOfRange(runner.reconstructions(), i * n, (i + 1) * n);
      for (int j = 0; j < n; j++) {
        assertThat(row[j] > 0.5).as("vector %d, element %d: %s", i, j, row[j]).isEqualTo(i == j);
      }
    }
  }

  /** Σ of the smallest eigenvalues of the covariance: what no linear code can keep. */
  private static double pcaError(float[][] rows, int components) {
    double[][] values = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        values[i][j] = rows[i][j];
      }
    }
    RealMatrix covariance = new Covariance(values, false).getCovarianceMatrix();
    double[] eigenvalues = new EigenDecomposition(covariance).getRealEigenvalues();
    Arrays.sort(eigenvalues);
    return Arrays.stream(eigenvalues).limit(eigenvalues.length - components).sum();
  }

  @ParameterizedTest
  @EnumSource
  void linearAutoencoderComesWithinTwoPerCentOfPrincipalComponents(Averaging averaging) {
    Random random = Seed.random("low rank");
    int rank = 3;
    float[][] mixing = gaussian(random, rank, 10, 1);
    float[][] codes = gaussian(random, 400, rank, 1);
    float[][] rows = gaussian(random, 400, 10, 0.3);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 10; j++) {
        rows[i][j] += 0.7f; // the biases must find the mean
        for (int k = 0; k < rank; k++) {
          rows[i][j] += codes[i][k] * mixing[k][j];
        }
      }
    }
    AutoencoderNetwork network =
        new AutoencoderNetwork(
            10,
            new AutoencoderSettings(
                List.of(),
                rank,
                Activation.LINEAR,
                Activation.LINEAR,
                Activation.LINEAR,
                LossKind.SQUARED_ERROR,
                false,
                0));
    AutoencoderObjective objective = new AutoencoderObjective(network, false);
    Schedule cosine = new Schedule(Schedule.Kind.COSINE, 1, 1, 0);
    TrainingResult result =
        InProcessReplicas.train(
            objective,
            settings(0.02, cosine, 100, 300, averaging, 3),
            1,
            Data.block(objective.columns(), rows));
    double error = result.epochs().get(result.epochs().size() - 1).loss();
    double best = pcaError(rows, rank);
    assertThat(error).isBetween(0.9999 * best, 1.02 * best);
    assertThat(pcaError(rows, rank - 1)).isGreaterThan(1.5 * best); // the rank matters
  }

  private static float[][] gaussian(Random random, int rows, int columns, double deviation) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) (deviation * random.nextGaussian());
      }
    }
    return values;
  }

  /** CD-1 learns what pairs of units do: reconstructions come near the data. */
  @Test
  void tinyBoltzmannMachineLearnsPairs() {
    Random random = Seed.random("pairs");
    float[][] rows = new float[200][6];
    for (float[] row : rows) {
      for (int pair = 0; pair < 3; pair++) {
        float value = random.nextInt(2);
        row[2 * pair] = value;
        row[2 * pair + 1] = value;
      }
    }
    TrainingResult result =
        InProcessReplicas.train(
            Example.RBM.objective,
            new TrainingSettings(
                OptimizerSettings.DEFAULT
                    .withKind(OptimizerSettings.Kind.MOMENTUM)
                    .withStepSize(0.05),
                Map.of(),
                20,
                100,
                Averaging.LOCAL,
                1,
                1,
                0,
                1),
            1,
            Data.block(Example.RBM.objective.columns(), rows));
    double first = result.epochs().get(0).loss();
    double last = result.epochs().get(99).loss();
    assertThat(first).isGreaterThan(1.3); // 1.5 is the error of guessing one half
    assertThat(last).isLessThan(0.5 * first);
  }
}
