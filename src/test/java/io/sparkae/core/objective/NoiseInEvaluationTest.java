package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are measured as they are, whatever noise they are trained with. */
class NoiseInEvaluationTest {
  private static final int ROWS = 8;
  private static final int INPUTS = 20;

  private static double loss(Noise noise, boolean sparse, boolean training) {
    AutoencoderSettings settings =
        new AutoencoderSettings(
            List.of(6),
            3,
            Activation.TANH,
            Activation.LINEAR,
            Activation.LINEAR,
            LossKind.SQUARED_ERROR,
            false,
            Penalties.NONE,
            noise,
            KSparsity.NONE);
    AutoencoderObjective objective =
        new AutoencoderObjective(new AutoencoderNetwork(INPUTS, settings), sparse);
    Minibatch minibatch = new Minibatch(objective.columns(), ROWS);
    Workspace workspace = objective.newWorkspace(minibatch); // before its rows, as in training
    Random random = Seed.random("rows to evaluate");
    for (int row = 0; row < ROWS; row++) {
      float[] values = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      minibatch.rowIndices()[row] = row;
      if (sparse) {
        minibatch.column(0).setSparseRow(row, new int[] {1, 8, 19}, values, 0, 3);
      } else {
        float[] dense = new float[INPUTS];
        dense[1] = values[0];
        dense[8] = values[1];
        dense[19] = values[2];
        minibatch.column(0).setRow(row, dense, 0);
      }
    }
    minibatch.setRows(ROWS);
    Pass pass = new Pass(minibatch, new RandomStreams(4));
    pass.set(objective.layout().initialParameters(2), new double[0][], 0, 0);
    pass.setTraining(training);
    Sums sums = new Sums(objective);
    sums.clear();
    if (training) {
      workspace.compute(pass, sums);
    } else {
      workspace.evaluate(pass, sums);
    }
    return sums.losses()[0];
  }

  @ParameterizedTest
  @CsvSource({
    "MASKING, 0.5, 0, 0, 0, false",
    "MASKING, 0.5, 0, 0, 0, true",
    "SALT_AND_PEPPER, 0.5, 0, 0, 0, false",
    "SALT_AND_PEPPER, 0.5, 0, 0, 0, true",
    "GAUSSIAN, 0.5, 0, 0, 0, false",
    "GAUSSIAN, 0.5, 0, 0, 0, true",
    "NONE, 0, 0.5, 0, 0, false",
    "NONE, 0, 0.5, 0, 0, true",
    "NONE, 0, 0, 0.5, 0, false",
    "NONE, 0, 0, 0.5, 0, true",
    "NONE, 0, 0, 0, 0.5, false",
    "NONE, 0, 0, 0, 0.5, true"
  })
  void lossIsThatWithoutNoise(
      Corruption corruption,
      double level,
      double inputDropout,
      double hiddenDropout,
      double codeDropout,
      boolean sparse) {
    Noise noise = new Noise(corruption, level, inputDropout, hiddenDropout, codeDropout);
    assertThat(loss(noise, sparse, false)).isEqualTo(loss(Noise.NONE, sparse, false));
    assertThat(loss(noise, sparse, true)).isNotEqualTo(loss(Noise.NONE, sparse, true));
  }
}
