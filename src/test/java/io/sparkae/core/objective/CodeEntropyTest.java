package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slope of the entropy of codes, by differences and where it has no bound. */
class CodeEntropyTest {
  private static final int WIDTH = 3;

  private final CodePenalty entropy;

  CodeEntropyTest() {
    Minibatch minibatch = new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, WIDTH)), 1);
    Node code = new Graph(minibatch).input(ColumnSpec.FEATURES);
    entropy = CodeEntropy.of(1, code, Activation.LINEAR, 1);
  }

  private float[] slope(float... h) {
    float[] delta = new float[WIDTH];
    entropy.penalty(null, h, 1);
    entropy.addGradient(null, h, delta, 1);
    return delta;
  }

  @Test
  void slopeIsThatOfTheEntropy() {
    float[] code = {0.5f, -0.25f, 0.125f};
    float[] slope = slope(code);
    for (int i = 0; i < WIDTH; i++) {
      float step = 1e-3f;
      float[] up = code.clone();
      float[] down = code.clone();
      up[i] += step;
      down[i] -= step;
      double difference =
          (entropy.penalty(null, up, 1) - entropy.penalty(null, down, 1)) / (up[i] - down[i]);
      assertThat(slope[i]).isCloseTo((float) difference, within(1e-3f));
    }
  }

  /** Without a floor it grows as one over the code. */
  @ParameterizedTest
  @ValueSource(floats = {1e-6f, 1e-20f, 1e-38f, 1e-45f})
  void slopeStaysBoundedAsTheWholeCodeGoesToZero(float size) {
    float[] slope = slope(4 * size, -2 * size, size);
    float[] bound = slope(4e-4f, -2e-4f, 1e-4f);
    for (int i = 0; i < WIDTH; i++) {
      assertThat(slope[i]).isCloseTo(bound[i], within(Math.abs(bound[i])));
      assertThat(Math.signum(slope[i])).isEqualTo(Math.signum(bound[i]));
    }
  }

  @Test
  void rowOfZerosHasNoSlope() {
    assertThat(slope(0, 0, 0)).containsOnly(0);
  }
}
