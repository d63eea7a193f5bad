package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.Activation;
import io.sparkae.spark.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of variational autoencoders, in closed form and by importance weights. */
class VariationalObjectiveTest extends ObjectiveContractTest {
  private static final int WIDTH = 5;
  private static final int CODE = 3;
  private static final int ROWS = 7;
  private static final float[][] TABLE = Tables.lowRank(11, ROWS, WIDTH);

  private static VariationalSettings settings(
      Likelihood likelihood, Binarization binarization, double beta, int warmup, int samples) {
    return new VariationalSettings(
        List.of(6),
        CODE,
        List.of(4, 6),
        Activation.TANH,
        likelihood,
        likelihood == Likelihood.GAUSSIAN ? 0.7 : 1,
        binarization,
        beta,
        warmup,
        samples);
  }

  private static VariationalSettings bernoulli(int samples) {
    return settings(Likelihood.BERNOULLI, Binarization.NONE, 1, 0, samples);
  }

  private static ObjectiveCase at(String name, VariationalSettings settings, boolean monteCarlo) {
    VariationalNetwork network = new VariationalNetwork(WIDTH, settings);
    VariationalObjective objective = new VariationalObjective(network, false, monteCarlo);
    return new ObjectiveCase(
        name,
        objective,
        new VariationalObjective(network, true, monteCarlo),
        new float[][][] {TABLE},
        ObjectiveCase.point(objective, 5, 0.4),
        0.02,
        2e-3,
        true);
  }

  @Override
  protected Stream<ObjectiveCase> cases() {
    List<ObjectiveCase> cases = new ArrayList<>();
    for (Likelihood likelihood : Likelihood.values()) {
      cases.add(
          at(likelihood + ", closed", settings(likelihood, Binarization.NONE, 1, 0, 1), false));
      cases.add(
          at(likelihood + ", sampled", settings(likelihood, Binarization.NONE, 1, 0, 1), true));
      cases.add(at(likelihood + ", of 4", settings(likelihood, Binarization.NONE, 1, 0, 4), true));
      cases.add(
          at(likelihood + ", beta", settings(likelihood, Binarization.NONE, 0.3, 0, 3), true));
      cases.add(at(likelihood + ", warm", settings(likelihood, Binarization.NONE, 2, 5, 1), false));
    }
    cases.add(
        at("threshold", settings(Likelihood.BERNOULLI, Binarization.THRESHOLD, 1, 0, 1), false));
    cases.add(at("drawn", settings(Likelihood.BERNOULLI, Binarization.STOCHASTIC, 1, 0, 2), true));
    return cases.stream();
  }

  /** Rows that are all the same, so that every row draws another sample of one posterior. */
  private static ObjectiveCase manyDraws(
      VariationalSettings settings, boolean monteCarlo, int rows) {
    ObjectiveCase one = at("many", settings, monteCarlo);
    float[][] same = new float[rows][];
    Arrays.fill(same, TABLE[2]);
    return new ObjectiveCase(
        one.name(),
        one.objective(),
        null,
        new float[][][] {same},
        one.parameters(),
        0.02,
        2e-3,
        true);
  }

  private static double[] lossesPerRow(ObjectiveCase c) {
    double[] losses = new ObjectiveRun(c).compute(c.parameters()).losses().clone();
    for (int i = 0; i < losses.length; i++) {
      losses[i] /= c.rows();
    }
    return losses;
  }

  @Test
  void klInClosedFormIsTheMeanOfTheSampledOne() {
    int rows = 200_000;
    double[] closed = lossesPerRow(manyDraws(bernoulli(1), false, rows));
    double[] sampled = lossesPerRow(manyDraws(bernoulli(1), true, rows));
    assertThat(closed[1]).isGreaterThan(0.1);
    assertThat(sampled[1]).isCloseTo(closed[1], within(0.02 * closed[1]));
    assertThat(sampled[0]).as("the same draws").isCloseTo(closed[0], within(1e-6 * closed[0]));
    assertThat(sampled[2]).as("nothing is gained by one sample").isCloseTo(0, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Likelihood.class)
  void boundDoesNotRiseWithTheSamples(Likelihood likelihood) {
    double last = Double.POSITIVE_INFINITY;
    for (int samples : new int[] {1, 5, 50}) {
      VariationalSettings settings = settings(likelihood, Binarization.NONE, 1, 0, samples);
      double[] losses = lossesPerRow(manyDraws(settings, true, 20_000 / samples));
      double bound = losses[0] + losses[1] + losses[2];
      assertThat(bound).as("K = %d", samples).isLessThan(last);
      last = bound;
    }
  }

  /** Weights as plain code has them: log of the mean of p(x, z)/q(z|x), by the sums' parts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void boundIsTheLogarithmOfTheMeanWeight(int samples) {
    ObjectiveCase together = at("together", bernoulli(samples), true);
    double[] losses = new ObjectiveRun(together).compute(together.parameters()).losses();
    // One sample at a time, each as a row's own series: the runner's weights are those of the
    // bound.
    VariationalNetwork network = new VariationalNetwork(WIDTH, bernoulli(samples));
    double expected = 0;
    VariationalRunner runner =
        VariationalRunner.weights(network, together.parameters(), 1, samples, 7);
    for (int row = 0; row < ROWS; row++) {
      runner.minibatch().column(0).setRow(0, TABLE[row], 0);
      runner.minibatch().rowIndices()[0] = row;
      runner.minibatch().setRows(1);
      runner.run(2); // the epoch of the run
      double sum = 0;
      for (int k = 0; k < samples; k++) {
        sum += Math.exp(runner.logWeight(0, k));
      }
      expected -= Math.log(sum / samples);
    }
    assertThat(losses[0] + losses[1] + losses[2]).isCloseTo(expected, within(1e-5 * expected));
  }

  /**
   * x = W·z + b + σ·n: the marginal of x is normal with covariance W·Wᵀ + σ²I, which gives the
   * exact log-likelihood.
   */
  @Test
  void manyImportanceSamplesEstimateTheLikelihoodOfALinearModel() {
    VariationalSettings settings =
        new VariationalSettings(
            List.of(),
            2,
            List.of(),
            Activation.TANH,
            Likelihood.GAUSSIAN,
            0.8,
            Binarization.NONE,
            1,
            0,
            1);
    VariationalNetwork network = new VariationalNetwork(3, settings);
    float[] parameters = new float[network.layout().size()];
    Random random = new Random(3);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = 0.5f * (float) random.nextGaussian();
    }
    float[] x = {0.3f, -0.9f, 1.1f};
    double[][] covariance = new double[3][3];
    double[] difference = new double[3];
    int weight = network.layout().slice("decoder.0.weight").offset();
    int bias = network.layout().slice("decoder.0.bias").offset();
    for (int i = 0; i < 3; i++) {
      difference[i] = x[i] - parameters[bias + i];
      for (int j = 0; j < 3; j++) {
        covariance[i][j] = i == j ? 0.64 : 0;
        for (int k = 0; k < 2; k++) {
          covariance[i][j] += parameters[weight + 3 * k + i] * parameters[weight + 3 * k + j];
        }
      }
    }
    double exact = logNormal(difference, covariance);
    int samples = 4000;
    VariationalRunner runner = VariationalRunner.weights(network, parameters, 1, samples, 7);
    runner.minibatch().column(0).setRow(0, x, 0);
    runner.minibatch().setRows(1);
    double sum = 0;
    int series = 25;
    for (int s = 0; s < series; s++) {
      runner.run(s);
      for (int k = 0; k < samples; k++) {
        sum += Math.exp(runner.logWeight(0, k));
      }
    }
    assertThat(Math.log(sum / (series * samples))).isCloseTo(exact, within(0.01));
  }

  /** log N(d; 0, C) of three numbers, by the determinant and the adjugate. */
  private static double logNormal(double[] d, double[][] c) {
    double[][] adjugate = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        int a = (j + 1) % 3;
        int b = (j + 2) % 3;
        int e = (i + 1) % 3;
        int f = (i + 2) % 3;
        adjugate[i][j] = c[a][e] * c[b][f] - c[a][f] * c[b][e];
      }
    }
    double determinant = 0;
    double square = 0;
    for (int i = 0; i < 3; i++) {
      determinant += c[0][i] * adjugate[i][0];
      for (int j = 0; j < 3; j++) {
        square += d[i] * adjugate[i][j] * d[j];
      }
    }
    return -0.5 * (square / determinant + Math.log(determinant) + 3 * Math.log(2 * Math.PI));
  }

  @Test
  void drawnBitsAreOneAsOftenAsTheFeatureSays() {
    VariationalSettings settings = settings(Likelihood.BERNOULLI, Binarization.STOCHASTIC, 1, 0, 1);
    VariationalNetwork network = new VariationalNetwork(WIDTH, settings);
    float[] parameters = new float[network.layout().size()];
    int rows = 20_000;
    VariationalRunner runner = VariationalRunner.weights(network, parameters, rows, 1, 7);
    for (int row = 0; row < rows; row++) {
      runner.minibatch().column(0).setRow(row, TABLE[0], 0);
      runner.minibatch().rowIndices()[row] = row;
    }
    runner.minibatch().setRows(rows);
    runner.run(0);
    double[] means = new double[WIDTH];
    for (int i = 0; i < rows * WIDTH; i++) {
      float bit = runner.rows()[i];
      assertThat(bit == 0 || bit == 1).isTrue();
      means[i % WIDTH] += bit / rows;
    }
    for (int i = 0; i < WIDTH; i++) {
      assertThat(means[i]).isCloseTo(TABLE[0][i], within(0.02));
    }
  }
}
