package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options are, by their definitions. */
class OptionFactsTest {
  private static final int INPUTS = 5;
  private static final int CODE = 3;

  /** An encoder of one layer alone, over given rows. */
  private static final class Encoder {
    final ParameterLayout layout = new ParameterLayout();
    final ParameterSlice weight = layout.add("weight", INPUTS, CODE, Initializer.XAVIER);
    final ParameterSlice bias = layout.add("bias", 1, CODE, Initializer.ZERO);
    final Minibatch minibatch;
    final Graph graph;
    final Node code;
    final Pass pass;
    final float[] parameters;

    Encoder(Activation activation, float[]... rows) {
      minibatch = new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, INPUTS)), 9);
      graph = new Graph(minibatch);
      code = graph.affine(graph.input(ColumnSpec.FEATURES), weight, false, bias, activation);
      pass = new Pass(minibatch, new RandomStreams(3));
      parameters = layout.initialParameters(5);
      new RandomStreams(1).normal(900, 0, 0, parameters, bias.offset(), CODE);
      put(rows);
    }

    void put(float[]... rows) {
      for (int i = 0; i < rows.length; i++) {
        minibatch.column(0).setRow(i, rows[i], 0);
        minibatch.rowIndices()[i] = i;
      }
      minibatch.setRows(rows.length);
    }

    void run(double[]... statistics) {
      pass.set(parameters, statistics, 0, 0);
      graph.forward(pass);
    }
  }

  private static float[][] rows(int count) {
    Random random = Seed.random("rows of facts");
    float[][] rows = new float[count][INPUTS];
    for (float[] row : rows) {
      for (int i = 0; i < INPUTS; i++) {
        row[i] = random.nextFloat();
      }
    }
    return rows;
  }

  /** ‖∂h/∂x‖² by central differences of the encoder itself. */
  private static double jacobianSquare(Activation activation, float[] row) {
    double sum = 0;
    float step = 1e-2f;
    for (int i = 0; i < INPUTS; i++) {
      float[] up = row.clone();
      float[] down = row.clone();
      up[i] += step;
      down[i] -= step;
      Encoder encoder = new Encoder(activation, up, down);
      encoder.run();
      for (int j = 0; j < CODE; j++) {
        double slope =
            (encoder.code.value()[j] - encoder.code.value()[CODE + j]) / (double) (up[i] - down[i]);
        sum += slope * slope;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "TANH", "RELU", "LINEAR"})
  void contractionIsTheSquareOfTheJacobianByDifferences(Activation activation) {
    float[][] rows = rows(4);
    Encoder encoder = new Encoder(activation, rows);
    Contraction contraction =
        encoder.graph.add(new Contraction(encoder.code, encoder.weight, activation, 0.5));
    encoder.run();
    double expected = 0;
    for (float[] row : rows) {
      expected += 0.5 * jacobianSquare(activation, row);
    }
    assertThat(contraction.sum()).isCloseTo(expected, within(2e-4 * expected));
  }

  @Test
  void klIsZeroWhereTheMeanActivationIsTheTargetAndPositiveElsewhere() {
    assertThat(KlSparsity.divergence(0.05, 0.05)).isZero();
    assertThat(KlSparsity.divergence(0.05, 0.06)).isPositive();
    assertThat(KlSparsity.divergence(0.05, 0.04)).isPositive();
    // 0.2·log 0.4 + 0.8·log 1.6
    assertThat(KlSparsity.divergence(0.2, 0.5)).isCloseTo(0.19274475702, within(1e-10));
  }

  @Test
  void sparsityPushesNothingWhereTheMeanActivationIsTheTarget() {
    Penalties penalties = new Penalties(0, 0, 0, 0, 0, 3, 0.25, 0.9, 0);
    Encoder encoder = new Encoder(Activation.SIGMOID, rows(4));
    KlSparsity sparsity =
        encoder.graph.add(new KlSparsity(encoder.code, penalties, Activation.SIGMOID));
    encoder.run(new double[] {0.25, 0.25, 0.5});
    assertThat(sparsity.sum() / 4).isCloseTo(3 * KlSparsity.divergence(0.25, 0.5), within(1e-12));
    Arrays.fill(encoder.code.gradient(), 0);
    sparsity.backward(encoder.pass, new Direction(encoder.parameters.length));
    for (int row = 0; row < 4; row++) {
      float[] gradient = Arrays.copyOfRange(encoder.code.gradient(), row * CODE, (row + 1) * CODE);
      assertThat(gradient[0]).isZero();
      assertThat(gradient[1]).isZero();
      assertThat(gradient[2]).isEqualTo(3f * (-0.25f / 0.5f + 0.75f / 0.5f));
    }
  }

  @Test
  void activationsOfTanhUnitsCountFromZeroToOne() {
    Penalties penalties = new Penalties(0, 0, 0, 0, 0, 1, 0.25, 0.9, 0);
    Encoder encoder = new Encoder(Activation.TANH, rows(1));
    KlSparsity sparsity =
        encoder.graph.add(new KlSparsity(encoder.code, penalties, Activation.TANH));
    encoder.run(new double[] {0.25, 0.25, 0.5});
    AutoencoderSettings settings =
        new AutoencoderSettings(
            List.of(),
            CODE,
            Activation.TANH,
            Activation.TANH,
            Activation.LINEAR,
            LossKind.SQUARED_ERROR,
            false,
            0);
    Sums sums =
        new Sums(
            new AutoencoderObjective(
                new AutoencoderNetwork(INPUTS, settings.with(penalties)), false));
    sparsity.addStatistics(encoder.pass, sums);
    for (int j = 0; j < CODE; j++) {
      assertThat(sums.statistics()[0][j])
          .isCloseTo((1 + encoder.code.value()[j]) / 2, within(1e-7));
    }
  }

  @Test
  void binaryEntropyOfAHalfIsLogTwo() {
    Encoder encoder = new Encoder(Activation.SIGMOID, new float[INPUTS]);
    Arrays.fill(encoder.parameters, 0); // every unit is a half
    CodePenalty entropy = encoder.graph.add(CodeEntropy.of(9, encoder.code, Activation.SIGMOID, 2));
    encoder.run();
    assertThat(entropy.sum()).isCloseTo(2 * CODE * Math.log(2), within(1e-9));
  }

  @Test
  void entropyOfEqualUnitsIsTheLogOfTheirNumberAndOfOneUnitAloneZero() {
    Encoder encoder = new Encoder(Activation.LINEAR, new float[INPUTS], new float[INPUTS]);
    Arrays.fill(encoder.parameters, 0);
    Arrays.fill(encoder.parameters, encoder.bias.offset(), encoder.bias.end(), -7);
    CodePenalty entropy = encoder.graph.add(CodeEntropy.of(9, encoder.code, Activation.LINEAR, 1));
    encoder.run();
    assertThat(entropy.sum()).isCloseTo(2 * Math.log(CODE), within(1e-9));
    encoder.parameters[encoder.bias.offset()] = 0;
    encoder.parameters[encoder.bias.offset() + 1] = 0;
    encoder.run();
    assertThat(entropy.sum()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10})
  void theLargestOfRandomValuesIsThatOfTheSorted(int k) {
    Random random = Seed.random("selection");
    for (int trial = 0; trial < 200; trial++) {
      float[] values = new float[10];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(6); // with ties
      }
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      assertThat(KSparse.largest(values, k)).isEqualTo(sorted[10 - k]);
    }
  }

  @Test
  void kSparseKeepsTheLargestAndTheFirstOfEqualOnes() {
    Encoder encoder = new Encoder(Activation.LINEAR, new float[INPUTS]);
    Arrays.fill(encoder.parameters, 0);
    encoder.parameters[encoder.bias.offset()] = -1;
    encoder.graph.add(new KSparse(9, encoder.code, new KSparsity(1, 0, 0.5, 2)));
    encoder.run();
    assertThat(Arrays.copyOf(encoder.code.value(), CODE)).containsExactly(0, 0, 0);
    encoder.parameters[encoder.bias.offset() + 2] = 3;
    encoder.parameters[encoder.bias.offset() + 1] = 3;
    encoder.run();
    assertThat(Arrays.copyOf(encoder.code.value(), CODE)).containsExactly(0, 3, 0);
    encoder.pass.setTraining(false); // α = 2
    encoder.run();
    assertThat(Arrays.copyOf(encoder.code.value(), CODE)).containsExactly(0, 3, 3);
  }

  @Test
  void unitsThatStayFallInEvenStepsOverTheAnnealing() {
    KSparsity sparsity = new KSparsity(10, 50, 0.5, 1);
    assertThat(IntStream.range(0, 6).map(i -> sparsity.training(i / 10.0)).boxed().toList())
        .containsExactly(50, 42, 34, 26, 18, 10);
    assertThat(sparsity.training(0.9)).isEqualTo(10);
    assertThat(new KSparsity(10, 0, 0.5, 1.5).training(0)).isEqualTo(10);
    assertThat(new KSparsity(10, 0, 0.5, 1.5).encoding()).isEqualTo(15);
  }

  /** x̃ of 40 rows of 400 ones and halves. */
  private static float[] corrupted(Corruption corruption, double level, boolean dropout) {
    int width = 400;
    Minibatch minibatch = new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, width)), 40);
    float[] row = new float[width];
    Arrays.fill(row, 0.5f);
    for (int i = 0; i < 40; i++) {
      minibatch.column(0).setRow(i, row, 0);
      minibatch.rowIndices()[i] = 1000 + i;
    }
    minibatch.setRows(40);
    Graph graph = new Graph(minibatch);
    Node input = graph.input(ColumnSpec.FEATURES);
    Node noisy =
        dropout ? Mask.dropout(graph, input, level, 77) : corruption.add(graph, input, level);
    Pass pass = new Pass(minibatch, new RandomStreams(Seed.of("corruption")));
    pass.set(new float[0], new double[0][], 3, 0);
    graph.forward(pass);
    float[] values = noisy.value().clone();
    pass.setTraining(false);
    graph.forward(pass);
    assertThat(noisy.value()).containsOnly(0.5f);
    return values;
  }

  private static double part(float[] values, float value) {
    int hits = 0;
    for (float v : values) {
      hits += v == value ? 1 : 0;
    }
    return (double) hits / values.length;
  }

  @Test
  void maskingZeroesThatPartOfTheElements() { // within four standard deviations of 16,000 draws
    float[] values = corrupted(Corruption.MASKING, 0.3, false);
    assertThat(part(values, 0)).isCloseTo(0.3, within(0.0145));
    assertThat(part(values, 0.5f)).isEqualTo(1 - part(values, 0));
  }

  @Test
  void dropoutKeepsTheMean() {
    float[] values = corrupted(Corruption.NONE, 0.3, true);
    assertThat(part(values, 0)).isCloseTo(0.3, within(0.0145));
    assertThat(part(values, 0.5f / (1 - 0.3f))).isEqualTo(1 - part(values, 0));
  }

  @Test
  void saltAndPepperAreEquallyMany() {
    float[] values = corrupted(Corruption.SALT_AND_PEPPER, 0.3, false);
    assertThat(part(values, 0)).isCloseTo(0.15, within(0.0113));
    assertThat(part(values, 1)).isCloseTo(0.15, within(0.0113));
    assertThat(part(values, 0.5f)).isCloseTo(0.7, within(0.0145));
  }

  @Test
  void gaussianNoiseHasItsDeviation() {
    float[] values = corrupted(Corruption.GAUSSIAN, 0.2, false);
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    double square =
        IntStream.range(0, values.length)
            .mapToDouble(i -> Math.pow(values[i] - 0.5, 2))
            .average()
            .orElse(0);
    assertThat(mean).isCloseTo(0.5, within(4 * 0.2 / Math.sqrt(16000)));
    assertThat(Math.sqrt(square)).isCloseTo(0.2, within(4 * 0.2 / Math.sqrt(32000)));
  }

  @Test
  void oneDrawAloneIsThatOfTheWholeRow() {
    RandomStreams random = new RandomStreams(11);
    float[] all = new float[11];
    random.uniform(20, 3, 1L << 40, all, 0, 11);
    for (int i = 0; i < 11; i++) {
      assertThat(random.uniformAt(20, 3, 1L << 40, i)).isEqualTo(all[i]);
    }
  }
}
