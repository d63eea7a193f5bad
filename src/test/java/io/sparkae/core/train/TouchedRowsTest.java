package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps that pass over the weights of features which a minibatch lacks are the steps over all. */
class TouchedRowsTest {
  private static final int FEATURES = 200;
  private static final int NEVER = 77;
  private static final int ROWS = 90;

  private static final OptimizerSettings SGD =
      OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.SGD).withStepSize(0.3);

  private static final OptimizerSettings LAZY =
      OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.LAZY_ADAM);

  private final float[][] rows = fewNonZeros();

  private static AutoencoderObjective objective(boolean sparse) {
    AutoencoderSettings settings =
        new AutoencoderSettings(
            List.of(),
            6,
            Activation.TANH,
            Activation.TANH,
            Activation.LINEAR,
            LossKind.SQUARED_ERROR,
            false,
            0);
    return new AutoencoderObjective(new AutoencoderNetwork(FEATURES, settings), sparse);
  }

  /** Of each row, three features; one feature is in none. */
  private static float[][] fewNonZeros() {
    Random random = Seed.random("touched rows");
    float[][] values = new float[ROWS][FEATURES];
    for (float[] row : values) {
      for (int i = 0; i < 3; i++) {
        row[random.nextInt(FEATURES)] = 1 + random.nextFloat();
      }
      row[NEVER] = 0;
    }
    return values;
  }

  private RoundState train(
      OptimizerSettings optimizer, boolean sparse, Averaging averaging, int cores) {
    AutoencoderObjective objective = objective(sparse);
    TrainingSettings settings =
        new TrainingSettings(optimizer, Map.of(), 20, 3, averaging, 1, 3, 0, 7);
    Block block = Data.block(objective.columns(), rows);
    return InProcessReplicas.train(objective, settings, cores, block).state();
  }

  private float[] trainRowByRow(int microBatches) {
    TrainingSettings settings =
        new TrainingSettings(LAZY, Map.of(), 1, 1, Averaging.LOCAL, 1, microBatches, 0, 7);
    AutoencoderObjective objective = objective(true);
    Block block = Data.block(objective.columns(), rows);
    return InProcessReplicas.train(objective, settings, 3, block).state().parameters();
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void gradientDescentHasTheBitsOfStepsOverAll(Averaging averaging) {
    OptimizerSettings overAll =
        SGD.withKind(OptimizerSettings.Kind.MOMENTUM).withMomentum(0); // the same, but never rests
    assertThat(train(SGD, true, averaging, 2).parameters())
        .containsExactly(train(overAll, true, averaging, 2).parameters());
  }

  @ParameterizedTest
  @EnumSource(
      value = OptimizerSettings.Kind.class,
      names = {"SGD", "ADAGRAD", "LAZY_ADAM"})
  void sparseRowsTrainAsDenseOnesDo(OptimizerSettings.Kind kind) {
    OptimizerSettings optimizer = OptimizerSettings.DEFAULT.withKind(kind);
    float[] sparse = train(optimizer, true, Averaging.LOCAL, 1).parameters();
    float[] dense = train(optimizer, false, Averaging.LOCAL, 1).parameters();
    for (int i = 0; i < sparse.length; i++) {
      assertThat(sparse[i]).as("parameter %d", i).isCloseTo(dense[i], within(1e-4f));
    }
  }

  @Test
  void stepsOfFewerRowsThanCoresLeaveTheOthersAlone() {
    assertThat(trainRowByRow(3)).containsExactly(trainRowByRow(1)); // two of three have no row
  }

  @Test
  void threadsLeaveNoTrace() {
    assertThat(train(LAZY, true, Averaging.LOCAL, 3).parameters())
        .containsExactly(train(LAZY, true, Averaging.LOCAL, 1).parameters());
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void lazyAdamLeavesTheWeightsOfAFeatureThatNeverComesAlone(Averaging averaging) {
    AutoencoderObjective objective = objective(true);
    ParameterSlice weight = objective.layout().slice("encoder.0.weight");
    float[] start = objective.layout().initialParameters(7);
    RoundState trained = train(LAZY, true, averaging, 2);
    boolean moved = false;
    for (int i = weight.offset(); i < weight.end(); i++) {
      if ((i - weight.offset()) / weight.columns() == NEVER) {
        assertThat(trained.parameters()[i]).isEqualTo(start[i]);
        assertThat(trained.optimizerState()[0][i]).isZero();
        assertThat(trained.optimizerState()[1][i]).isZero();
      } else {
        moved |= trained.parameters()[i] != start[i];
      }
    }
    assertThat(moved).isTrue();
  }

  @Test
  void lazyAdamIsAdamWhereEverythingHasAGradient() {
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] += 0.1f;
      }
    }
    assertThat(train(LAZY, false, Averaging.LOCAL, 2).parameters())
        .containsExactly(train(OptimizerSettings.DEFAULT, false, Averaging.LOCAL, 2).parameters());
  }

  @Test
  void clippingSeesTheWholeDirection() {
    float[] clipped = train(SGD.withClipNorm(0.01), true, Averaging.LOCAL, 2).parameters();
    float[] dense = train(SGD.withClipNorm(0.01), false, Averaging.LOCAL, 2).parameters();
    for (int i = 0; i < clipped.length; i++) {
      assertThat(clipped[i]).isCloseTo(dense[i], within(1e-5f));
    }
  }
}
