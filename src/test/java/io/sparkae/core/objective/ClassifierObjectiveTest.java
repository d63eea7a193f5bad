package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, and losses, errors and probabilities against plain loops in double. */
class ClassifierObjectiveTest extends ObjectiveContractTest {
  private static final int ROWS = 9;
  private static final int INPUTS = 6;
  private static final int CLASSES = 3;
  private static final EncoderSettings LAYERS =
      new EncoderSettings(List.of(5, 4), Activation.TANH, Activation.SIGMOID, KSparsity.NONE);

  private static final List<ClassifierSettings> SETTINGS =
      List.of(
          new ClassifierSettings(EncoderSettings.NONE, CLASSES, false, 0, Noise.NONE, true),
          new ClassifierSettings(EncoderSettings.NONE, 2, true, 0.3, Noise.NONE, true),
          new ClassifierSettings(EncoderSettings.NONE, 2, false, 0, Noise.NONE, false),
          new ClassifierSettings(LAYERS, CLASSES, false, 0.3, Noise.NONE, false),
          new ClassifierSettings(LAYERS, 2, true, 0, Noise.NONE, true),
          new ClassifierSettings(
              LAYERS, CLASSES, false, 0, new Noise(Corruption.GAUSSIAN, 0.2, 0.1, 0.3, 0.2), true));

  private static float[][][] rows(int classes) {
    Random random = Seed.random("classified rows");
    float[][] features = new float[ROWS][INPUTS];
    float[][] labels = new float[ROWS][1];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < INPUTS; i++) {
        features[row][i] = random.nextBoolean() ? 0 : (float) random.nextGaussian();
      }
      labels[row][0] = random.nextInt(classes);
    }
    return new float[][][] {features, labels};
  }

  private static ObjectiveCase toCase(ClassifierSettings settings) {
    ClassifierNetwork network = new ClassifierNetwork(INPUTS, settings);
    ClassifierObjective objective = new ClassifierObjective(network, false);
    return new ObjectiveCase(
        settings.toString(),
        objective,
        new ClassifierObjective(network, true),
        rows(settings.classes()),
        ObjectiveCase.point(objective, Seed.of("classifier point"), 0.8),
        0.02,
        2e-3,
        true);
  }

  @Override
  protected Stream<ObjectiveCase> cases() {
    return SETTINGS.stream().map(ClassifierObjectiveTest::toCase);
  }

  static Stream<ClassifierSettings> withoutNoise() {
    return SETTINGS.stream().filter(settings -> !settings.noise().isActive());
  }

  /** Logits of a row, from the slices by their names. */
  private static double[] logits(ClassifierNetwork network, float[] w, float[] row) {
    double[] values = new double[row.length];
    Arrays.setAll(values, i -> row[i]);
    int layers = network.settings().encoder().widths().size();
    for (int layer = 0; layer < layers; layer++) {
      boolean code = layer == layers - 1;
      values = affine(network, w, "encoder." + layer, values);
      for (int i = 0; i < values.length; i++) {
        values[i] = code ? 1 / (1 + Math.exp(-values[i])) : Math.tanh(values[i]);
      }
    }
    double[] head = affine(network, w, "head", values);
    return head.length == 1 ? new double[] {-head[0] / 2, head[0] / 2} : head;
  }

  private static double[] affine(
      ClassifierNetwork network, float[] w, String layer, double[] values) {
    ParameterSlice weight = slice(network, layer + ".weight");
    ParameterSlice bias = slice(network, layer + ".bias");
    double[] result = new double[weight.columns()];
    for (int j = 0; j < result.length; j++) {
      result[j] = w[bias.offset() + j];
      for (int i = 0; i < values.length; i++) {
        result[j] += values[i] * w[weight.offset() + i * weight.columns() + j];
      }
    }
    return result;
  }

  private static ParameterSlice slice(ClassifierNetwork network, String name) {
    return network.layout().slices().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double[] softmax(double[] logits) {
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
  }

  private static Minibatch filled(Minibatch minibatch, float[][][] columns) {
    for (int c = 0; c < minibatch.columnCount(); c++) {
      for (int row = 0; row < ROWS; row++) {
        minibatch.column(c).setRow(row, columns[c][row], 0);
        minibatch.rowIndices()[row] = row;
      }
    }
    minibatch.setRows(ROWS);
    return minibatch;
  }

  @ParameterizedTest
  @MethodSource("withoutNoise")
  void lossIsThatOfTheLabelsProbability(ClassifierSettings settings) {
    ObjectiveCase c = toCase(settings);
    ClassifierNetwork network = new ClassifierNetwork(INPUTS, settings);
    double expected = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] p = softmax(logits(network, c.parameters(), c.columns()[0][row]));
      expected -= Math.log(p[(int) c.columns()[1][row][0]]);
    }
    double loss = new ObjectiveRun(c).compute(c.parameters()).losses()[0];
    assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
  }

  @ParameterizedTest
  @MethodSource("withoutNoise")
  void validationCountsErrorsOrAddsLosses(ClassifierSettings settings) {
    ObjectiveCase c = toCase(settings);
    ClassifierNetwork network = new ClassifierNetwork(INPUTS, settings);
    Minibatch minibatch = filled(new Minibatch(c.objective().columns(), ROWS + 2), c.columns());
    Pass pass = new Pass(minibatch, new RandomStreams(1));
    pass.setTraining(false);
    pass.set(c.parameters(), new double[0][], 0, 0);
    Sums sums = new Sums(c.objective());
    c.objective().newWorkspace(minibatch).evaluate(pass, sums);
    double expected = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] p = softmax(logits(network, c.parameters(), c.columns()[0][row]));
      int label = (int) c.columns()[1][row][0];
      boolean wrong = Arrays.stream(p).anyMatch(other -> other > p[label]);
      expected += settings.validatesErrors() ? wrong ? 1 : 0 : -Math.log(p[label]);
    }
    assertThat(expected).isPositive();
    assertThat(sums.losses()[0]).isCloseTo(expected, within(1e-5 * expected));
    assertThat(sums.weights()[0][0]).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @MethodSource("withoutNoise")
  void runnerTellsLogitsAndProbabilities(ClassifierSettings settings) {
    ObjectiveCase c = toCase(settings);
    ClassifierNetwork network = new ClassifierNetwork(INPUTS, settings);
    ClassifierRunner runner = new ClassifierRunner(network, c.parameters(), false, ROWS);
    filled(runner.minibatch(), c.columns());
    runner.run();
    double[] values = new double[settings.classes()];
    for (int row = 0; row < ROWS; row++) {
      double[] z = logits(network, c.parameters(), c.columns()[0][row]);
      runner.logits(row, values);
      double scale = settings.binomial() ? 2 : 1; // (−m, m), as Spark has it
      for (int k = 0; k < values.length; k++) {
        assertThat(values[k]).isCloseTo(scale * z[k], within(1e-5));
      }
      runner.toProbabilities(values);
      double[] p = softmax(z);
      for (int k = 0; k < values.length; k++) {
        assertThat(values[k]).isCloseTo(p[k], within(1e-6));
      }
    }
  }
}
