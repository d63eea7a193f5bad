package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The points that slopes are tested at keep away from kinks of masked rows, too. */
class CodeGapTest {
  /** One row of two elements, two units: z = (x₁ + w·x₂ + 3, 10). */
  @ParameterizedTest
  @CsvSource({
    "1, 3", // with both gone
    "-0.5, 2.5", // with the first gone
    "-3.5, 0.5", // the whole row
    "-3.25, 0.25", // with the first gone, where the whole row has 0.75
    "6.5, 0.5", // the whole row, of the second unit
    "7.25, 0.25" // the same with the first gone, where the whole row has 1.25
  })
  void masksAnyOfTheElements(float weight, double smallest) {
    AutoencoderSettings settings =
        new AutoencoderSettings(
            List.of(),
            2,
            Activation.LINEAR,
            Activation.LINEAR,
            Activation.LINEAR,
            LossKind.SQUARED_ERROR,
            true,
            0);
    AutoencoderNetwork network = new AutoencoderNetwork(2, settings);
    float[] parameters = new float[network.layout().size()];
    int w = network.layout().slice("encoder.0.weight").offset();
    int b = network.layout().slice("encoder.0.bias").offset();
    parameters[w] = 1;
    parameters[w + 2] = weight;
    parameters[b] = 3;
    parameters[b + 1] = 10;
    assertThat(CodeGap.smallest(network, parameters, new float[][] {{1, 1}}))
        .isCloseTo(smallest, within(1e-6));
  }
}
