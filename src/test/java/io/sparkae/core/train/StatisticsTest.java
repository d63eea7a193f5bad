package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.seam.TinyStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
  private static final int ROWS = 23;
  private static final int WIDTH = 2;
  private static final int EPOCHS = 3;
  private static final Objective OBJECTIVE = new TinyStatistics(WIDTH);

  private static TrainingSettings settings(
      Averaging averaging, int batchSize, int replicas, int microBatches) {
    OptimizerSettings sgd =
        OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.SGD).withStepSize(0.05);
    return new TrainingSettings(
        sgd, Map.of(), batchSize, EPOCHS, averaging, replicas, microBatches, 2, 5);
  }

  private static double mean(float[][] rows, int column) {
    double sum = 0;
    for (float[] row : rows) {
      sum += row[column];
    }
    return sum / rows.length;
  }

  /** Over whole batches: s = λᵗ·s⁰ + (1 − λᵗ)·mean after t steps. */
  @ParameterizedTest
  @CsvSource({"SYNCHRONOUS, 1, 1", "SYNCHRONOUS, 4, 3", "LOCAL, 1, 1", "LOCAL, 1, 3"})
  void decayingStatisticFollowsItsClosedForm(Averaging averaging, int replicas, int microBatches) {
    float[][] x = Data.uniform(Seed.random("statistics"), ROWS, WIDTH);
    TrainingResult result =
        InProcessReplicas.train(
            OBJECTIVE,
            settings(averaging, ROWS, replicas, microBatches),
            2,
            Data.block(OBJECTIVE.columns(), x));
    double kept = Math.pow(TinyStatistics.DECAY, EPOCHS);
    for (int i = 0; i < WIDTH; i++) {
      assertThat(result.state().statistics()[0][i])
          .isCloseTo(kept * 0.5 + (1 - kept) * mean(x, i), within(1e-12));
    }
  }

  /** In local mode each replica keeps its own, and the driver averages them by rows. */
  @Test
  void localReplicasStatisticsAreAveragedByRows() {
    float[][] x = Data.uniform(Seed.random("statistics"), ROWS, WIDTH);
    TrainingResult result =
        InProcessReplicas.train(
            OBJECTIVE,
            settings(Averaging.LOCAL, ROWS, 4, 1),
            1,
            Data.block(OBJECTIVE.columns(), x));
    // One step a round: the average of the replicas' means by rows is the mean of all rows.
    double kept = Math.pow(TinyStatistics.DECAY, EPOCHS);
    for (int i = 0; i < WIDTH; i++) {
      assertThat(result.state().statistics()[0][i])
          .isCloseTo(kept * 0.5 + (1 - kept) * mean(x, i), within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"SYNCHRONOUS, 1", "SYNCHRONOUS, 7", "LOCAL, 1", "LOCAL, 7", "LOCAL, 40"})
  void preparedStatisticIsTheMeanOfAllRowsAndStays(Averaging averaging, int replicas) {
    float[][] x = Data.uniform(Seed.random("statistics"), ROWS, WIDTH);
    TrainingResult result =
        InProcessReplicas.train(
            OBJECTIVE, settings(averaging, 5, replicas, 2), 2, Data.block(OBJECTIVE.columns(), x));
    for (int i = 0; i < WIDTH; i++) {
      assertThat(result.state().statistics()[1][i]).isCloseTo(mean(x, i), within(1e-12));
    }
  }

  /** Renewed after each epoch but the last: the end holds mean − w at the start of the last one. */
  @ParameterizedTest
  @CsvSource({"SYNCHRONOUS, 1", "SYNCHRONOUS, 7", "LOCAL, 3"})
  void renewedStatisticSeesTheWeightsOfTheEpochsEnd(Averaging averaging, int replicas) {
    float[][] x = Data.uniform(Seed.random("statistics"), ROWS, WIDTH);
    TrainingSettings settings = settings(averaging, 5, replicas, 2);
    TrainingPlan plan = TrainingPlan.of(settings, ROWS, 1, 2, false);
    RoundState state = RoundState.initial(OBJECTIVE, settings);
    List<float[]> weights = new ArrayList<>();
    List<double[]> statistics = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochEvent event) {
            weights.add(state.parameters().clone());
            statistics.add(state.statistics()[2].clone());
          }
        };
    new TrainingLoop(
            OBJECTIVE,
            plan,
            new InProcessReplicas(OBJECTIVE, plan, Data.block(OBJECTIVE.columns(), x)),
            listener,
            state)
        .run();
    assertThat(weights).hasSize(EPOCHS);
    // Untouched so far, but for the rounding of averages over replicas.
    assertThat(statistics.get(0)).containsExactly(new double[] {-7, -7}, within(1e-12));
    for (int epoch = 1; epoch < EPOCHS; epoch++) {
      for (int i = 0; i < WIDTH; i++) {
        assertThat(statistics.get(epoch)[i])
            .isCloseTo(mean(x, i) - weights.get(epoch - 1)[i], within(1e-9));
      }
    }
  }

  @Test
  void decayOutsideOfItsRangeIsRefused() {
    assertThatThrownBy(() -> new StatisticSpec("quality", 1, 0, 1.1, "rows"))
        .hasMessage("decay of quality must be in [0, 1], not 1.1");
  }

  @Test
  void objectiveWithoutThePassSaysSo() {
    Objective plain = Example.MAP.objective;
    Objective wrong =
        new ForwardingObjective(plain) {
          private static final long serialVersionUID = 1L;

          @Override
          public List<String> preparedStatistics() {
            return List.of("mean");
          }
        };
    Block all = Example.MAP.rows(Seed.random("no pass"), 3);
    assertThatThrownBy(
            () -> InProcessReplicas.train(wrong, settings(Averaging.LOCAL, 2, 1, 1), 1, all))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("prepares no statistics");
  }
}
