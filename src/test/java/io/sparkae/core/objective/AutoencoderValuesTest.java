package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers from src/test/python/autoencoder_values.py, which shares nothing with this code. */
class AutoencoderValuesTest {
  private static final int INPUTS = 4;
  private static final int ROWS = 3;

  private static float[][] rows() {
    float[][] rows = new float[ROWS][INPUTS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < INPUTS; j++) {
        rows[i][j] = (3 * i + 5 * j) % 7 / 7f;
      }
    }
    return rows;
  }

  private static float[] parameters(AutoencoderNetwork network) {
    float[] parameters = new float[network.layout().size()];
    for (int k = 0; k < parameters.length; k++) {
      parameters[k] = (float) (0.9 * Math.sin(1.7 * k + 0.3));
    }
    return parameters;
  }

  @ParameterizedTest
  @CsvSource({
    "SIGMOID, SIGMOID, SIGMOID, CROSS_ENTROPY, false, 0.1, "
        + "0.397599169, 0.544442180, 0.163206329, 0.154856027, 9.730064814, 2.172920399",
    "TANH, LINEAR, LINEAR, SQUARED_ERROR, true, 0.1, "
        + "-0.378910713, -0.098479024, 1.219045596, -1.333240865, 23.225319159, 0.999035532",
    "RELU, TANH, SIGMOID, SQUARED_ERROR, false, 0.0, "
        + "-0.635008143, 0.018042596, 0.153944984, 0.096891034, 1.818191283, 0.0",
    "ELU, SOFTPLUS, TANH, COSINE, true, 0.0, "
        + "0.494548920, 0.649545942, 0.492675055, -0.034034881, 4.409645058, 0.0",
    "LEAKY_RELU, LEAKY_RELU, SOFTPLUS, COSINE, false, 0.2, "
        + "-0.007453282, 0.016598654, 0.267438999, 0.183491830, 0.676151623, 4.345840798"
  })
  void codesReconstructionsAndLossesAreNumpys(
      Activation activation,
      Activation codeActivation,
      Activation output,
      LossKind kind,
      boolean tied,
      double decay,
      double code10,
      double code21,
      double reconstruction00,
      double reconstruction23,
      double loss,
      double penalty) {
    AutoencoderNetwork network =
        new AutoencoderNetwork(
            INPUTS,
            new AutoencoderSettings(
                List.of(3), 2, activation, codeActivation, output, kind, tied, decay));
    float[] parameters = parameters(network);
    for (boolean sparse : new boolean[] {false, true}) {
      AutoencoderRunner runner = AutoencoderRunner.encoder(network, parameters, sparse, 5, true);
      for (int i = 0; i < ROWS; i++) {
        if (sparse) {
          int[] all = {0, 1, 2, 3}; // stored zeros are elements like others
          runner.minibatch().column(0).setSparseRow(i, all, rows()[i], 0, INPUTS);
        } else {
          runner.minibatch().column(0).setRow(i, rows()[i], 0);
        }
      }
      runner.minibatch().setRows(ROWS);
      runner.run();
      assertClose(runner.codes()[2], code10);
      assertClose(runner.codes()[2 * 2 + 1], code21);
      assertClose(runner.reconstructions()[0], reconstruction00);
      assertClose(runner.reconstructions()[2 * INPUTS + 3], reconstruction23);
      float[] codes = runner.codes();
      AutoencoderRunner decoder = AutoencoderRunner.decoder(network, parameters, 2);
      decoder.minibatch().column(0).setRow(0, codes, 2 * 2);
      decoder.minibatch().setRows(1);
      decoder.run();
      assertClose(decoder.reconstructions()[3], reconstruction23);
    }
    Objective objective = new AutoencoderObjective(network, false);
    ObjectiveCase at =
        new ObjectiveCase("", objective, null, new float[][][] {rows()}, parameters, 0, 0);
    double[] losses = new ObjectiveRun(at).compute(parameters).losses();
    assertClose(losses[0], loss);
    assertThat(losses.length).isEqualTo(decay > 0 ? 2 : 1);
    assertClose(losses.length == 2 ? losses[1] : 0, penalty);
  }

  /** Within rounding of a few float operations. */
  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }

  private static ObjectiveRun.Outcome cosineOf(float[] row, float bias) {
    AutoencoderNetwork network =
        new AutoencoderNetwork(
            row.length,
            new AutoencoderSettings(
                List.of(),
                2,
                Activation.LINEAR,
                Activation.LINEAR,
                Activation.LINEAR,
                LossKind.COSINE,
                false,
                0));
    float[] parameters = new float[network.layout().size()];
    int biases = network.layout().slice("decoder.0.bias").offset();
    for (int i = biases; i < parameters.length; i++) {
      parameters[i] = bias;
    }
    ObjectiveCase at =
        new ObjectiveCase(
            "",
            new AutoencoderObjective(network, false),
            null,
            new float[][][] {{row}},
            parameters,
            0,
            0);
    return new ObjectiveRun(at).compute(parameters);
  }

  @Test
  void cosineOfAZeroRowOrAZeroReconstructionIsOneWithoutGradient() {
    for (ObjectiveRun.Outcome outcome :
        List.of(cosineOf(new float[3], 0.5f), cosineOf(new float[] {1, 2, 3}, 0))) {
      assertThat(outcome.losses()).containsExactly(1);
      assertThat(outcome.direction()).containsOnly(0f);
    }
  }

  @Test
  void cosineOfParallelRowsIsZero() {
    ObjectiveRun.Outcome outcome = cosineOf(new float[] {2, 2, 2}, 0.5f);
    assertThat(outcome.losses()[0]).isCloseTo(0, within(1e-12));
    assertThat(outcome.direction()).containsOnly(0f);
  }

  @Test
  void settingsOutOfRangeSayWhatWouldBeRight() {
    assertThatThrownBy(() -> settings(List.of(5, 0), 3, Activation.SIGMOID, 0))
        .hasMessage("hiddenLayers must be whole numbers of at least 1, not [5, 0]");
    assertThatThrownBy(() -> settings(List.of(), 0, Activation.SIGMOID, 0))
        .hasMessage("codeSize must be a whole number of at least 1, not 0");
    assertThatThrownBy(() -> settings(List.of(), 3, Activation.SIGMOID, Double.NaN))
        .hasMessage("weightDecay must be at least 0, not NaN");
    assertThatThrownBy(() -> settings(List.of(), 3, Activation.LEAKY_RELU, 0))
        .hasMessage("outputActivation must be sigmoid when loss is crossEntropy, not leakyRelu");
  }

  private static AutoencoderSettings settings(
      List<Integer> hidden, int code, Activation output, double decay) {
    return new AutoencoderSettings(
        hidden,
        code,
        Activation.RELU,
        Activation.LINEAR,
        output,
        LossKind.CROSS_ENTROPY,
        false,
        decay);
  }
}
