package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.graph.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochOrderTest {
  private static final int ROWS = 103;
  private static final Block ALL =
      Data.block(List.of(ColumnSpec.dense("features", 1)), new float[ROWS][1]);

  private static TrainingPlan plan(Averaging averaging, int replicas, int batchSize) {
    TrainingSettings d = TrainingSettings.DEFAULT;
    TrainingSettings settings =
        new TrainingSettings(
            d.optimizer(), d.groupOptimizers(), batchSize, 1, averaging, replicas, 1, 0, 9);
    return TrainingPlan.of(settings, ROWS, 1, 1, false);
  }

  /** The rows that each replica takes in each step, in its order. */
  private static List<List<List<Long>>> rows(TrainingPlan plan, int epoch) {
    List<List<List<Long>>> steps = new ArrayList<>();
    for (int step = 0; step < plan.stepsPerEpoch(); step++) {
      List<List<Long>> replicas = new ArrayList<>();
      for (int r = 0; r < plan.replicas(); r++) {
        int from = (int) plan.firstRow(r);
        int to = (int) plan.firstRow(r + 1);
        EpochOrder order = new EpochOrder(plan, epoch, new Shard(List.of(ALL.slice(from, to))));
        replicas.add(
            LongStream.range(order.start(step), order.start(step + 1))
                .mapToObj(place -> order.row((int) place))
                .toList());
        assertThat(replicas.get(r)).hasSizeLessThanOrEqualTo(plan.stepCapacity(to - from));
        assertThat(replicas.get(r)).allMatch(row -> row >= from && row < to);
      }
      steps.add(replicas);
    }
    return steps;
  }

  private static List<Set<Long>> minibatches(TrainingPlan plan, int epoch) {
    return rows(plan, epoch).stream()
        .map(step -> step.stream().flatMap(List::stream).collect(Collectors.toSet()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "3, 10", "7, 1", "3, 1000", "110, 10"})
  void everyRowComesOnceInAnEpoch(int replicas, int batchSize) {
    for (Averaging averaging : Averaging.values()) {
      List<Long> all =
          rows(plan(averaging, replicas, batchSize), 1).stream()
              .flatMap(List::stream)
              .flatMap(List::stream)
              .sorted()
              .toList();
      assertThat(all).isEqualTo(LongStream.range(0, ROWS).boxed().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"10", "1", "50", "1000"})
  void synchronousMinibatchesAreTheSameHoweverManyReplicas(int batchSize) {
    List<Set<Long>> one = minibatches(plan(Averaging.SYNCHRONOUS, 1, batchSize), 4);
    for (int replicas : new int[] {2, 7, 110}) {
      assertThat(minibatches(plan(Averaging.SYNCHRONOUS, replicas, batchSize), 4)).isEqualTo(one);
    }
    // Their sizes differ by one row at most.
    assertThat(one)
        .allMatch(rows -> rows.size() == ROWS / one.size() || rows.size() == ROWS / one.size() + 1);
  }

  @Test
  void localReplicasDealTheirOwnRowsOutEvenly() {
    for (List<List<Long>> step : rows(plan(Averaging.LOCAL, 3, 10), 0)) {
      assertThat(step).allMatch(rows -> rows.size() == 3 || rows.size() == 4);
    }
  }

  @Test
  void epochsDifferAndRowsAreShuffled() {
    TrainingPlan plan = plan(Averaging.SYNCHRONOUS, 1, 10);
    assertThat(rows(plan, 0)).isEqualTo(rows(plan, 0)).isNotEqualTo(rows(plan, 1));
    List<Long> order = rows(plan, 0).stream().flatMap(List::stream).flatMap(List::stream).toList();
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void sharesAreEvenAndDoNotOverflow() {
    assertThat(TrainingPlan.share(0, 10, 4)).isZero();
    assertThat(TrainingPlan.share(4, 10, 4)).isEqualTo(10);
    long whole = 3_000_000_000L;
    int parts = 2_000_000_000;
    assertThat(TrainingPlan.share(parts, whole, parts)).isEqualTo(whole);
    assertThat(TrainingPlan.share(parts - 1, whole, parts)).isEqualTo(whole - 2);
  }

  /** Of eight replicas. */
  private static TrainingPlan ofBatches(int batchSize) {
    TrainingSettings all = TrainingSettings.DEFAULT;
    TrainingSettings settings =
        new TrainingSettings(all.optimizer(), Map.of(), batchSize, 1, Averaging.LOCAL, 8, 1, 0, 1);
    return TrainingPlan.of(settings, 600_000, 1, 1, false);
  }

  @Test
  void planFillsInWhatTheSettingsLeaveOpen() {
    TrainingPlan one = TrainingPlan.of(TrainingSettings.DEFAULT, 60_000, 1, 2, false);
    assertThat(one.stepsPerEpoch()).isEqualTo(235).isEqualTo(one.stepsPerRound());
    assertThat(one.microBatches()).isEqualTo(2).isEqualTo(one.threads());
    TrainingPlan eight = TrainingPlan.of(TrainingSettings.DEFAULT, 60_000, 8, 2, true);
    assertThat(eight.replicas()).isEqualTo(8);
    assertThat(eight.stepsPerRound()).isEqualTo(5);
    assertThat(eight.microBatches()).isEqualTo(1); // rows are coupled
    assertThat(TrainingPlan.of(TrainingSettings.DEFAULT, 60_000, 2, 2, false).stepsPerRound())
        .isEqualTo(20);
    assertThat(ofBatches(2047).stepsPerRound()).isEqualTo(5);
    assertThat(ofBatches(2048).stepsPerRound()).isEqualTo(20);
    assertThatThrownBy(() -> TrainingPlan.of(TrainingSettings.DEFAULT, 0, 1, 1, false))
        .hasMessage("the number of rows to train on must be at least 1, not 0");
  }
}
