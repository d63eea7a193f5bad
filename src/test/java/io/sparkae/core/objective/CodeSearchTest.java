package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.ParameterLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search for codes whose decoded rows are near known features. */
class CodeSearchTest {
  private static final int FEATURES = 9;
  private static final int CODE = 3;
  private static final int ROWS = 4;

  /** A decoder with random parameters. */
  private record Case(String name, FixedDecoder decoder, ParameterLayout layout, double nats) {
    @Override
    public String toString() {
      return name;
    }

    float[] parameters() {
      Random random = Seed.random(name);
      float[] parameters = new float[layout.size()];
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = (float) (0.7 * random.nextGaussian());
      }
      return parameters;
    }
  }

  private static AutoencoderNetwork network(LossKind loss, boolean tied, Activation output) {
    return new AutoencoderNetwork(
        FEATURES,
        new AutoencoderSettings(
            List.of(5), CODE, Activation.TANH, Activation.LINEAR, output, loss, tied, 0));
  }

  private static Case autoencoder(LossKind loss, boolean tied, Activation output) {
    AutoencoderNetwork network = network(loss, tied, output);
    return new Case(
        loss + (tied ? " tied " : " ") + output, FixedDecoder.of(network), network.layout(), 0.8);
  }

  private static Case variational(Likelihood likelihood, double deviation) {
    VariationalNetwork network =
        new VariationalNetwork(
            FEATURES,
            new VariationalSettings(
                List.of(4),
                CODE,
                List.of(6, 5),
                Activation.TANH,
                likelihood,
                deviation,
                Binarization.NONE,
                1,
                0,
                1));
    return new Case(
        likelihood.toString(),
        FixedDecoder.of(network),
        network.layout(),
        FixedDecoder.of(network).nats(1, 1));
  }

  static Stream<Case> cases() {
    return Stream.of(
        autoencoder(LossKind.CROSS_ENTROPY, false, Activation.SIGMOID),
        autoencoder(LossKind.CROSS_ENTROPY, true, Activation.SIGMOID),
        autoencoder(LossKind.SQUARED_ERROR, true, Activation.SIGMOID),
        autoencoder(LossKind.SQUARED_ERROR, false, Activation.LINEAR),
        autoencoder(LossKind.COSINE, false, Activation.LINEAR),
        variational(Likelihood.BERNOULLI, 1),
        variational(Likelihood.GAUSSIAN, 0.5));
  }

  /** Axes of different lengths, in another order than the code's numbers. */
  private static NormalCodes codes() {
    float[] axes = new float[CODE * CODE];
    for (int j = 0; j < CODE; j++) {
      axes[j * CODE + (j + 1) % CODE] = 0.5f + j;
    }
    return new NormalCodes(new float[] {0.3f, -0.2f, 0.1f}, axes);
  }

  private static CodeSearch search(
      Case c, float[] parameters, NormalCodes codes, SearchSettings settings) {
    return new CodeSearch(c.decoder, parameters, codes, c.nats, settings, ROWS, 7);
  }

  /** Random rows in [0, 1], the first and every fourth feature of which are not known. */
  private static void fill(CodeSearch search, Random random) {
    float[] values = search.minibatch().column(ColumnSpec.FEATURES).values();
    float[] known = search.minibatch().column(CodeSearch.KNOWN).values();
    for (int i = 0; i < values.length; i++) {
      known[i] = i % FEATURES % 4 == 0 ? 0 : 1;
      values[i] = known[i] * random.nextFloat();
    }
    for (int row = 0; row < ROWS; row++) {
      search.minibatch().rowIndices()[row] = 100 + row;
    }
    search.minibatch().setRows(ROWS);
  }

  private static float[] gaussians(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsTheSlopeOfTheObjective(Case c) {
    Random random = Seed.random("slope");
    CodeSearch search = search(c, c.parameters(), codes(), new SearchSettings(2, 1, 0.1, 0.6));
    fill(search, random);
    int length = ROWS * 2 * CODE;
    float[] points = gaussians(random, length);
    float[] centres = gaussians(random, length);
    float[] gradient = new float[length];
    float[] ignored = new float[length];
    search.slopeAt(points, centres, gradient);
    double longest = 0;
    for (float g : gradient) {
      longest = Math.max(longest, Math.abs(g));
    }
    float h = 1e-2f;
    for (int i = 0; i < length; i++) {
      double[] at = new double[4];
      for (int k = 0; k < 4; k++) {
        float[] moved = points.clone();
        moved[i] += h * new float[] {1, -1, 2, -2}[k];
        at[k] = search.slopeAt(moved, centres, ignored);
      }
      double slope = (4 * (at[0] - at[1]) / (2 * h) - (at[2] - at[3]) / (4 * h)) / 3;
      assertThat((double) gradient[i]).as("%s, %d", c, i).isCloseTo(slope, within(2e-3 * longest));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsNotKnownHasNoPartInLossAndGradient(Case c) {
    float[] parameters = c.parameters();
    float[] other = parameters.clone();
    int lastBias = parameters.length - FEATURES; // layouts end with the biases of the features
    for (int i = 0; i < FEATURES; i += 4) {
      other[lastBias + i] += 5;
    }
    int length = ROWS * CODE;
    float[] points = gaussians(Seed.random("points"), length);
    float[][] gradients = new float[2][length];
    double[] values = new double[2];
    for (int k = 0; k < 2; k++) {
      CodeSearch search =
          search(c, k == 0 ? parameters : other, null, new SearchSettings(1, 1, 0.1, 0));
      fill(search, new Random(3));
      values[k] = search.slopeAt(points, new float[length], gradients[k]);
    }
    assertThat(values[1]).isEqualTo(values[0]);
    assertThat(gradients[1]).containsExactly(gradients[0]);
    assertThat(values[0]).isPositive();
  }

  @Test
  void crossEntropyIsThatOfTheKnownFeatures() {
    Case c = autoencoder(LossKind.CROSS_ENTROPY, false, Activation.SIGMOID);
    CodeSearch search = search(c, c.parameters(), null, new SearchSettings(1, 0, 1, 0));
    fill(search, new Random(4));
    for (int row = 0; row < ROWS; row++) {
      search.setStart(row, gaussians(new Random(row), CODE), 0);
    }
    search.run();
    float[] x = search.minibatch().column(ColumnSpec.FEATURES).values();
    float[] known = search.minibatch().column(CodeSearch.KNOWN).values();
    for (int row = 0; row < ROWS; row++) {
      double expected = 0;
      for (int i = row * FEATURES; i < (row + 1) * FEATURES; i++) {
        double p = search.means()[i];
        expected -= known[i] * (x[i] * Math.log(p) + (1 - x[i]) * Math.log(1 - p));
      }
      assertThat(search.loss(row, 0)).isCloseTo(c.nats * expected, within(1e-4));
    }
  }

  /** x̂ = z·W + b. */
  private static Case linear() {
    AutoencoderNetwork network =
        new AutoencoderNetwork(
            FEATURES,
            new AutoencoderSettings(
                List.of(),
                CODE,
                Activation.LINEAR,
                Activation.LINEAR,
                Activation.LINEAR,
                LossKind.SQUARED_ERROR,
                false,
                0));
    return new Case("linear", FixedDecoder.of(network), network.layout(), 0.8);
  }

  /** u that minimises nats·Σ over known (x − b − (μ + u·A)·W)² + ½λ‖u‖², by normal equations. */
  private static double[] leastSquares(
      Case c, float[] parameters, NormalCodes codes, double priorWeight, float[] x, int row) {
    int offset = FEATURES * CODE + CODE; // behind the encoder
    RealMatrix w = new Array2DRowRealMatrix(CODE, FEATURES);
    float[] unit = new float[CODE];
    float[] code = new float[CODE];
    codeInto(codes, new float[CODE], code);
    float[] mean = code.clone();
    RealVector rest = new ArrayRealVector(FEATURES);
    for (int j = 0; j < CODE; j++) {
      Arrays.fill(unit, 0);
      unit[j] = 1;
      codeInto(codes, unit, code);
      for (int i = 0; i < FEATURES; i++) {
        double sum = 0;
        for (int k = 0; k < CODE; k++) {
          sum += (code[k] - mean[k]) * parameters[offset + k * FEATURES + i];
        }
        w.setEntry(j, i, i % 4 == 0 ? 0 : sum);
      }
    }
    for (int i = 0; i < FEATURES; i++) {
      double fixed = parameters[offset + CODE * FEATURES + i];
      for (int k = 0; k < CODE; k++) {
        fixed += mean[k] * parameters[offset + k * FEATURES + i];
      }
      rest.setEntry(i, i % 4 == 0 ? 0 : x[row * FEATURES + i] - fixed);
    }
    RealMatrix normal =
        w.multiply(w.transpose())
            .scalarMultiply(2 * c.nats)
            .add(MatrixUtils.createRealIdentityMatrix(CODE).scalarMultiply(priorWeight));
    RealVector right = w.operate(rest).mapMultiply(2 * c.nats);
    return new LUDecomposition(normal).getSolver().solve(right).toArray();
  }

  @Test
  void linearDecoderIsSolvedAsByLeastSquares() {
    Case c = linear();
    float[] parameters = c.parameters();
    for (double priorWeight : new double[] {0, 0.5}) {
      SearchSettings settings = new SearchSettings(1, 4000, 0.1, priorWeight);
      CodeSearch search = search(c, parameters, codes(), settings);
      fill(search, new Random(5));
      for (int row = 0; row < ROWS; row++) {
        search.setStart(row, gaussians(new Random(row), CODE), 0);
      }
      search.run();
      float[] x = search.minibatch().column(ColumnSpec.FEATURES).values();
      for (int row = 0; row < ROWS; row++) {
        double[] u = leastSquares(c, parameters, codes(), priorWeight, x, row);
        float[] expected = new float[CODE];
        float[] point = new float[CODE];
        for (int j = 0; j < CODE; j++) {
          point[j] = (float) u[j];
        }
        codeInto(codes(), point, expected);
        float[] code = new float[CODE];
        search.codeInto(row, 0, code);
        assertThat(code).containsExactly(expected, within(2e-3f));
      }
    }
  }

  @Test
  void pointOfACodeGivesTheCode() {
    float[] code = {1.5f, -2, 0.25f};
    float[] point = new float[CODE];
    codes().pointInto(code, 0, point, 0);
    assertThat(point[0]).isCloseTo((-2f + 0.2f) / 0.5f, within(1e-6f));
    float[] back = new float[CODE];
    codeInto(codes(), point, back);
    assertThat(back).containsExactly(code, within(1e-6f));
  }

  /** Where nothing is known, the searches end at draws from N(0, I); the first at its mean. */
  @Test
  void searchesOfWhatIsNotKnownStayWhereTheyWereDrawn() {
    Case c = linear();
    CodeSearch search = search(c, c.parameters(), null, new SearchSettings(500, 60, 0.2, 1));
    fill(search, new Random(6));
    Arrays.fill(search.minibatch().column(CodeSearch.KNOWN).values(), 0f);
    Arrays.fill(search.minibatch().column(ColumnSpec.FEATURES).values(), 0f);
    search.setStart(0, new float[] {1, 1, 1}, 0);
    search.run();
    float[] code = new float[CODE];
    search.codeInto(0, 0, code);
    assertThat(code).containsExactly(new float[CODE], within(0.05f));
    double square = 0;
    for (int s = 1; s < 500; s++) {
      search.codeInto(1, s, code);
      for (float z : code) {
        square += z * z / (499.0 * CODE);
      }
    }
    assertThat(square).isCloseTo(1, within(0.1));
  }

  @Test
  void rowIsSearchedForTheSameWayInAnyPlace() {
    Case c = variational(Likelihood.BERNOULLI, 1);
    SearchSettings settings = new SearchSettings(3, 20, 0.2, 1);
    CodeSearch search = search(c, c.parameters(), null, settings);
    float[][] codes = new float[2][CODE];
    for (int place : new int[] {0, 2}) {
      fill(search, new Random(place));
      float[] values = search.minibatch().column(ColumnSpec.FEATURES).values();
      for (int i = 0; i < FEATURES; i++) {
        values[place * FEATURES + i] = i % 4 == 0 ? 0 : i / 9f;
      }
      search.minibatch().rowIndices()[place] = 42;
      for (int row = 0; row < ROWS; row++) {
        search.setStart(row, new float[CODE], 0);
      }
      search.run();
      search.codeInto(place, 2, codes[place / 2]);
    }
    assertThat(codes[1]).containsExactly(codes[0], within(1e-4f));
  }

  @Test
  void stepsAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Case c = variational(Likelihood.BERNOULLI, 1);
    long[] bytes = new long[2];
    int[] steps = {20, 1020};
    for (int k = 0; k < 2; k++) {
      CodeSearch search =
          search(c, c.parameters(), codes(), new SearchSettings(2, steps[k], 0.1, 1));
      fill(search, new Random(1));
      search.run();
      long before = threads.getCurrentThreadAllocatedBytes();
      search.run();
      bytes[k] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat((bytes[1] - bytes[0]) / 1000.0).isLessThanOrEqualTo(8);
  }

  /** code = μ + point·A. */
  private static void codeInto(NormalCodes codes, float[] point, float[] code) {
    for (int i = 0; i < code.length; i++) {
      double sum = codes.mean()[i];
      for (int j = 0; j < code.length; j++) {
        sum += (double) point[j] * codes.axes()[j * code.length + i];
      }
      code[i] = (float) sum;
    }
  }
}
