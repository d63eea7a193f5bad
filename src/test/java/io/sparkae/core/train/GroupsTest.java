package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.OptimizerSettings.Kind;
import io.sparkae.core.optimize.Schedule;
import io.sparkae.core.seam.TinyGame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameter groups walk by settings of their own. */
class GroupsTest {
  private static final int ROWS = 12;
  private static final int EPOCHS = 9;

  /** Both players step at once, from the same point: x by SGD, y by momentum on a schedule. */
  @ParameterizedTest
  @CsvSource({"SYNCHRONOUS, 1, 1", "SYNCHRONOUS, 5, 2", "LOCAL, 1, 3"})
  void playersFollowTheirOwnGradientsSimultaneously(
      Averaging averaging, int replicas, int microBatches) {
    Objective game = new TinyGame();
    float[][] data = Data.uniform(Seed.random("game"), ROWS, 1);
    OptimizerSettings descender = OptimizerSettings.DEFAULT.withKind(Kind.SGD).withStepSize(0.2);
    OptimizerSettings ascender =
        new OptimizerSettings(
            Kind.MOMENTUM,
            0.1,
            0.5,
            0.9,
            0.999,
            1e-8,
            new Schedule(Schedule.Kind.EXPONENTIAL, 0.8, 1, 0));
    TrainingSettings settings =
        new TrainingSettings(
            descender,
            Map.of("ascender", ascender),
            ROWS,
            EPOCHS,
            averaging,
            replicas,
            microBatches,
            1,
            3);
    float[] start = RoundState.initial(game, settings).parameters();
    double mean = 0;
    for (float[] row : data) {
      mean += row[0] / (double) ROWS;
    }
    double x = start[0];
    double y = start[1];
    double velocity = 0;
    for (int step = 0; step < EPOCHS; step++) {
      double ofX = y + mean;
      velocity = 0.5 * velocity - (x - y / 2);
      x -= 0.2 * ofX;
      y -= 0.1 * Math.pow(0.8, step) * velocity;
    }
    TrainingResult result =
        InProcessReplicas.train(game, settings, 2, Data.block(game.columns(), data));
    assertThat((double) result.state().parameters()[0]).isCloseTo(x, within(1e-6));
    assertThat((double) result.state().parameters()[1]).isCloseTo(y, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void frozenGroupDoesNotMoveAndTheRestDoes(Averaging averaging) {
    Objective inner = Example.AUTOENCODER.objective;
    int size = inner.layout().size();
    int cut = 19; // within a slice
    Objective split =
        new ForwardingObjective(inner) {
          private static final long serialVersionUID = 1L;

          @Override
          public List<ParameterGroup> groups() {
            return List.of(
                new ParameterGroup("head", 0, cut), new ParameterGroup("tail", cut, size));
          }
        };
    TrainingSettings settings = Example.AUTOENCODER.settings(averaging, 10, 2, 2, 2);
    settings =
        new TrainingSettings(
            settings.optimizer(),
            Map.of("head", OptimizerSettings.DEFAULT.withKind(Kind.FROZEN)),
            10,
            2,
            averaging,
            2,
            2,
            2,
            3);
    float[] start = RoundState.initial(split, settings).parameters();
    Block all = Example.AUTOENCODER.rows(Seed.random("frozen"), 60);
    float[] end = InProcessReplicas.train(split, settings, 2, all).state().parameters();
    assertSameBits("head", Arrays.copyOf(end, cut), Arrays.copyOf(start, cut));
    for (int i = cut; i < size; i++) {
      assertThat(end[i]).as("element %d", i).isNotEqualTo(start[i]);
    }
  }
}
