package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directions that are longer than clipNorm are shortened to it, each group's by itself. */
class ClippingTest {
  private static final double STEP_SIZE = 0.5;

  /** Some thousand parameters, so that there are several chunks and threads have their own. */
  private static final AutoencoderObjective WIDE =
      new AutoencoderObjective(
          new AutoencoderNetwork(
              60,
              new AutoencoderSettings(
                  List.of(),
                  40,
                  Activation.TANH,
                  Activation.TANH,
                  Activation.LINEAR,
                  LossKind.SQUARED_ERROR,
                  false,
                  0)),
          false);

  private static final OptimizerSettings SGD =
      OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.SGD).withStepSize(STEP_SIZE);

  private final Block rows =
      Data.block(WIDE.columns(), Data.uniform(Seed.random("clipping"), 50, 60));

  private static TrainingSettings settings(
      OptimizerSettings optimizer, Averaging averaging, int batch, int microBatches) {
    return new TrainingSettings(optimizer, Map.of(), batch, 1, averaging, 1, microBatches, 0, 7);
  }

  /** What one SGD step over all rows adds to the parameters. */
  private double[] step(double clipNorm, Averaging averaging, int microBatches, int cores) {
    TrainingSettings settings = settings(SGD.withClipNorm(clipNorm), averaging, 50, microBatches);
    return moved(WIDE, settings, InProcessReplicas.train(WIDE, settings, cores, rows));
  }

  private static double[] moved(
      Objective objective, TrainingSettings settings, TrainingResult result) {
    float[] start = objective.layout().initialParameters(settings.seed());
    double[] moved = new double[start.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (double) result.state().parameters()[i] - start[i];
    }
    return moved;
  }

  private static double norm(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @CsvSource({"LOCAL, 1, 1", "LOCAL, 3, 2", "SYNCHRONOUS, 2, 2"})
  void longDirectionIsShortenedToTheNormAndKeepsItsCourse(
      Averaging averaging, int microBatches, int cores) {
    double[] free = step(0, averaging, microBatches, cores);
    double length = norm(free, 0, free.length) / STEP_SIZE;
    double[] clipped = step(length / 4, averaging, microBatches, cores);
    assertThat(norm(clipped, 0, clipped.length))
        .isCloseTo(STEP_SIZE * length / 4, within(1e-4 * length));
    for (int i = 0; i < free.length; i++) {
      assertThat(clipped[i]).isCloseTo(free[i] / 4, within(1e-6));
    }
  }

  @Test
  void shortDirectionKeepsItsBits() {
    double[] free = step(0, Averaging.LOCAL, 2, 2);
    double length = norm(free, 0, free.length) / STEP_SIZE;
    assertThat(step(1.01 * length, Averaging.LOCAL, 2, 2)).containsExactly(free);
  }

  @Test
  void bitsDoNotDependOnTheThreads() {
    TrainingSettings settings =
        settings(OptimizerSettings.DEFAULT.withClipNorm(0.01), Averaging.LOCAL, 10, 4);
    float[] one = InProcessReplicas.train(WIDE, settings, 1, rows).state().parameters();
    float[] three = InProcessReplicas.train(WIDE, settings, 3, rows).state().parameters();
    assertThat(three).containsExactly(one);
  }

  @Test
  void groupsAreClippedByThemselves() {
    Objective game = Example.GAME.objective;
    Block all = Example.GAME.rows(Seed.random("game"), 30);
    ParameterGroup ascender =
        game.groups().stream().filter(g -> g.name().equals("ascender")).findFirst().orElseThrow();
    double[] free = moveGame(game, all, 0);
    double before = norm(free, ascender.from(), ascender.to());
    double[] clipped = moveGame(game, all, before / STEP_SIZE / 2);
    assertThat(norm(clipped, ascender.from(), ascender.to())).isCloseTo(before / 2, within(1e-5));
    for (int i = 0; i < free.length; i++) {
      if (i < ascender.from() || i >= ascender.to()) {
        assertThat(clipped[i]).as("parameter %d of the other player", i).isEqualTo(free[i]);
      }
    }
  }

  private static double[] moveGame(Objective game, Block all, double clipNorm) {
    TrainingSettings settings =
        new TrainingSettings(
            SGD,
            Map.of("ascender", SGD.withClipNorm(clipNorm)),
            30,
            1,
            Averaging.LOCAL,
            1,
            2,
            0,
            7);
    return moved(game, settings, InProcessReplicas.train(game, settings, 2, all));
  }
}
