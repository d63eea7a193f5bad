package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.core.train.Averaging.LOCAL;
import static io.sparkae.core.train.Averaging.SYNCHRONOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What replicas, threads and micro-batches may change: nothing, or the rounding. */
class ReplicasTest {
  private static final int ROWS = 101;
  private static final int BATCH = 13;

  /** Of parameters near 1 after 24 steps whose sums are rounded in another order. */
  private static final float ROUNDING = 2e-5f;

  private static TrainingResult train(
      Example example, TrainingSettings settings, int cores, int rows) {
    Block all = example.rows(Seed.random(example.name()), rows);
    return InProcessReplicas.train(example.objective, settings, cores, all);
  }

  private static TrainingResult train(Example example, TrainingSettings settings, int cores) {
    return train(example, settings, cores, ROWS);
  }

  private static void assertSame(TrainingResult actual, TrainingResult expected) {
    assertSameBits("parameters", actual.state().parameters(), expected.state().parameters());
    for (int slot = 0; slot < expected.state().optimizerState().length; slot++) {
      assertSameBits(
          "slot " + slot,
          actual.state().optimizerState()[slot],
          expected.state().optimizerState()[slot]);
    }
    assertThat(actual.state().statistics()).isDeepEqualTo(expected.state().statistics());
    assertThat(actual.state().step()).isEqualTo(expected.state().step());
  }

  private static void assertNear(TrainingResult actual, TrainingResult expected) {
    assertNear(actual.state().parameters(), expected.state().parameters());
    for (int slot = 0; slot < expected.state().optimizerState().length; slot++) {
      assertNear(actual.state().optimizerState()[slot], expected.state().optimizerState()[slot]);
    }
    for (int s = 0; s < expected.state().statistics().length; s++) {
      assertThat(actual.state().statistics()[s])
          .containsExactly(expected.state().statistics()[s], within((double) ROUNDING));
    }
    for (int epoch = 0; epoch < expected.epochs().size(); epoch++) {
      assertThat(actual.epochs().get(epoch).rows()).isEqualTo(ROWS);
      double loss = expected.epochs().get(epoch).loss();
      assertThat(actual.epochs().get(epoch).loss())
          .isCloseTo(loss, within(1e-5 * Math.max(1, Math.abs(loss))));
    }
  }

  private static void assertNear(float[] actual, float[] expected) {
    double worst =
        IntStream.range(0, expected.length)
            .mapToDouble(
                i -> Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i])))
            .max()
            .orElseThrow();
    assertThat(worst).isLessThanOrEqualTo(ROUNDING);
  }

  @ParameterizedTest
  @EnumSource
  void sevenReplicasInStepAreOneReplicaWithinRounding(Example example) {
    TrainingResult one = train(example, example.settings(SYNCHRONOUS, BATCH, 1, 1, 0), 1);
    TrainingResult seven = train(example, example.settings(SYNCHRONOUS, BATCH, 7, 1, 0), 1);
    assertNear(seven, one);
    TrainingResult seventy = train(example, example.settings(SYNCHRONOUS, BATCH, 70, 2, 0), 1);
    assertNear(seventy, one);
  }

  @ParameterizedTest
  @EnumSource
  void threadsLeaveNoTraceInTheBits(Example example) {
    for (Averaging averaging : Averaging.values()) {
      TrainingSettings settings = example.settings(averaging, BATCH, 2, 3, 4);
      TrainingResult one = train(example, settings, 1);
      assertThat(one.plan().threads()).isEqualTo(1);
      for (int threads : new int[] {2, 3}) {
        TrainingResult several = train(example, settings, threads);
        assertThat(several.plan().threads()).isEqualTo(threads);
        assertSame(several, one);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneReplicaInRoundsOfOneStepIsTheSynchronousRun(Example example) {
    for (int microBatches : new int[] {1, 3}) {
      TrainingSettings local = example.settings(LOCAL, BATCH, 1, microBatches, 1);
      TrainingSettings synchronous = example.settings(SYNCHRONOUS, BATCH, 1, microBatches, 1);
      assertSame(train(example, local, 1), train(example, synchronous, 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lengthOfTheRoundsDoesNotMatterToOneReplica(Example example) {
    TrainingResult expected = train(example, example.settings(LOCAL, BATCH, 1, 2, 0), 1);
    assertThat(expected.plan().stepsPerRound()).isEqualTo(8);
    for (int steps : new int[] {1, 3, 100}) {
      assertSame(train(example, example.settings(LOCAL, BATCH, 1, 2, steps), 1), expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void microBatchesChangeTheRoundingAlone(Example example) {
    for (Averaging averaging : Averaging.values()) {
      TrainingResult one = train(example, example.settings(averaging, BATCH, 2, 1, 3), 1);
      TrainingResult three = train(example, example.settings(averaging, BATCH, 2, 3, 3), 1);
      assertNear(three, one);
      TrainingResult many = train(example, example.settings(averaging, BATCH, 2, 20, 3), 1);
      assertNear(many, one); // more micro-batches than rows
    }
  }

  @ParameterizedTest
  @EnumSource
  void replicasWithoutRowsDoNoHarm(Example example) {
    int rows = 5;
    for (int batch : new int[] {1, 2, 100}) {
      TrainingResult one = train(example, example.settings(SYNCHRONOUS, batch, 1, 1, 0), 1, rows);
      TrainingResult nine = train(example, example.settings(SYNCHRONOUS, batch, 9, 2, 0), 1, rows);
      assertThat(nine.epochs().get(0).rows()).isEqualTo(rows);
      assertNear(nine.state().parameters(), one.state().parameters());
      TrainingResult local = train(example, example.settings(LOCAL, batch, 9, 2, 0), 1, rows);
      assertThat(local.epochs().get(0).rows()).isEqualTo(rows);
      for (float parameter : local.state().parameters()) {
        assertThat(parameter).isFinite();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchLargerThanTheDataIsTheData(Example example) {
    for (Averaging averaging : Averaging.values()) {
      TrainingResult large = train(example, example.settings(averaging, 1_000_000, 1, 2, 0), 1);
      TrainingResult exact = train(example, example.settings(averaging, ROWS, 1, 2, 0), 1);
      assertThat(large.plan().stepsPerEpoch()).isEqualTo(1);
      assertSame(large, exact);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneRowTrains(Example example) {
    for (Averaging averaging : Averaging.values()) {
      TrainingResult result = train(example, example.settings(averaging, 256, 2, 2, 0), 2, 1);
      assertThat(result.state().step()).isEqualTo(3);
      assertThat(result.epochs()).allMatch(epoch -> Double.isFinite(epoch.loss()));
    }
  }

  /** A training that did nothing would pass all the others. */
  @ParameterizedTest
  @EnumSource
  void parametersMove(Example example) {
    TrainingSettings settings = example.settings(LOCAL, BATCH, 2, 2, 2);
    TrainingResult result = train(example, settings, 2);
    float[] start = RoundState.initial(example.objective, settings).parameters();
    float[] end = result.state().parameters();
    assertThat(IntStream.range(0, end.length).filter(i -> Math.abs(end[i] - start[i]) > 1e-3))
        .hasSizeGreaterThan(end.length / 2);
  }

  /** Ten replicas of one row each: all meet their row in the last step of the epoch. */
  @ParameterizedTest
  @EnumSource
  void localRoundsInWhichNobodyHasRowsLeaveTheStateAlone(Example example) {
    int rows = 10;
    TrainingResult fine = train(example, example.settings(LOCAL, 1, rows, 1, 1), 1, rows);
    TrainingResult epoch = train(example, example.settings(LOCAL, 1, rows, 1, rows), 1, rows);
    assertThat(fine.plan().stepsPerRound()).isEqualTo(1);
    assertSame(fine, epoch);
  }
}
