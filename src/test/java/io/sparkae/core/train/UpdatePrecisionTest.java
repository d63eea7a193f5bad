package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.core.train.UpdatePrecision.BFLOAT16;
import static io.sparkae.core.train.UpdatePrecision.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.objective.Term;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a round of rounded updates is: that of exact ones, rounded by other means. */
class UpdatePrecisionTest {
  private static final int ROWS = 101;

  /** The significant bits of a number, beside the first. */
  private static final int DIGITS = 7;

  private static double rounded(float value, DoubleUnaryOperator toWholeNumber) {
    int exponent = Math.max(Math.getExponent(value), Float.MIN_EXPONENT);
    double unit = Math.scalb(1.0, exponent - DIGITS);
    return toWholeNumber.applyAsDouble(value / unit) * unit;
  }

  private static double towardZero(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private static TrainingPlan plan(
      Example example, Averaging averaging, int replicas, UpdatePrecision precision) {
    TrainingSettings settings =
        example.settings(averaging, 13, replicas, 2, 3).withUpdatePrecision(precision);
    return TrainingPlan.of(settings, ROWS, 1, 2, example.objective.couplesRows());
  }

  private static InProcessReplicas replicas(Example example, TrainingPlan plan) {
    return new InProcessReplicas(
        example.objective, plan, example.rows(Seed.random(example.name()), ROWS));
  }

  /** A state in the middle of a training: the optimizer's vectors are not zero. */
  private static RoundState begun(Example example, TrainingPlan plan) {
    RoundState state = RoundState.initial(example.objective, plan.settings());
    replicas(example, plan).walk(state, new RoundTask(RoundTask.Kind.WALK, 0, 0, 3));
    state.setStep(3);
    return state;
  }

  private static RoundState copy(Example example, TrainingPlan plan, RoundState state) {
    RoundState copy = new RoundState(example.objective, plan.settings());
    copy.copyFrom(state, RoundTask.Kind.WALK);
    return copy;
  }

  private static float[] moved(
      float[] start, List<float[]> ends, double[] shares, DoubleUnaryOperator toWholeNumber) {
    float[] moved = new float[start.length];
    for (int i = 0; i < moved.length; i++) {
      double sum = 0;
      for (int r = 0; r < shares.length; r++) {
        sum += shares[r] * rounded(ends.get(r)[i] - start[i], toWholeNumber);
      }
      moved[i] = start[i] + (float) sum;
    }
    return moved;
  }

  @ParameterizedTest
  @EnumSource
  void walkIsMovedByTheAverageOfRoundedDifferences(Example example) {
    for (int replicas : new int[] {1, 3}) {
      TrainingPlan exact = plan(example, Averaging.LOCAL, replicas, FLOAT32);
      TrainingPlan roundedPlan = plan(example, Averaging.LOCAL, replicas, BFLOAT16);
      RoundTask task = new RoundTask(RoundTask.Kind.WALK, 0, 3, 3);
      RoundState start = begun(example, exact);
      List<RoundResult> ends = replicas(example, exact).run(start, task);
      RoundState state = copy(example, exact, start);
      replicas(example, roundedPlan).walk(state, task);

      long rows = ends.stream().mapToLong(RoundResult::rows).sum();
      double[] shares = ends.stream().mapToDouble(end -> (double) end.rows() / rows).toArray();
      List<RoundState> states = ends.stream().map(RoundResult::state).toList();
      assertSameBits(
          "parameters",
          state.parameters(),
          moved(
              start.parameters(),
              states.stream().map(RoundState::parameters).toList(),
              shares,
              Math::rint));
      for (int s = 0; s < start.optimizerState().length; s++) {
        int slot = s;
        assertSameBits(
            "slot " + slot,
            state.optimizerState()[slot],
            moved(
                start.optimizerState()[slot],
                states.stream().map(end -> end.optimizerState()[slot]).toList(),
                shares,
                UpdatePrecisionTest::towardZero));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sumsOfDirectionsAreRounded(Example example) {
    TrainingPlan exact = plan(example, Averaging.SYNCHRONOUS, 2, FLOAT32);
    TrainingPlan roundedPlan = plan(example, Averaging.SYNCHRONOUS, 2, BFLOAT16);
    RoundTask task = new RoundTask(RoundTask.Kind.SUM, 0, 1, 1);
    RoundState start = begun(example, plan(example, Averaging.LOCAL, 1, FLOAT32));
    List<RoundResult> sums = replicas(example, exact).run(start, task);
    List<RoundResult> actual = replicas(example, roundedPlan).run(start, task);
    for (int r = 0; r < sums.size(); r++) {
      assertThat(actual.get(r).sums().losses()).containsExactly(sums.get(r).sums().losses());
      List<Term> terms = example.objective.terms();
      for (int t = 0; t < terms.size(); t++) {
        float[] expected = sums.get(r).sums().directions()[t];
        float[] found = actual.get(r).sums().directions()[t];
        for (int i = terms.get(t).from(); i < terms.get(t).to(); i++) {
          assertThat(found[i]).isEqualTo((float) rounded(expected[i], Math::rint));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsLeaveNoTraceInTheBits(Example example) {
    for (Averaging averaging : Averaging.values()) {
      TrainingSettings settings =
          example.settings(averaging, 13, 2, 3, 4).withUpdatePrecision(BFLOAT16);
      Block rows = example.rows(Seed.random(example.name()), ROWS);
      float[] one =
          InProcessReplicas.train(example.objective, settings, 1, rows).state().parameters();
      float[] three =
          InProcessReplicas.train(example.objective, settings, 3, rows).state().parameters();
      assertSameBits("parameters", three, one);
    }
  }

  @ParameterizedTest
  @EnumSource
  void updatesAreHalfTheBytes(Example example) throws InterruptedException {
    long exact = bytes(example, FLOAT32);
    long parameters = example.objective.layout().size();
    long vectors = 1 + slots(example);
    assertThat(bytes(example, BFLOAT16)).isEqualTo(exact - 2 * vectors * parameters);
  }

  private static int slots(Example example) {
    TrainingSettings settings = plan(example, Averaging.LOCAL, 1, FLOAT32).settings();
    return new RoundState(example.objective, settings).optimizerState().length;
  }

  private static long bytes(Example example, UpdatePrecision precision)
      throws InterruptedException {
    TrainingPlan plan = plan(example, Averaging.LOCAL, 1, precision);
    RoundState state = RoundState.initial(example.objective, plan.settings());
    Worker worker = new Worker(example.objective, plan, ROWS);
    Shard shard = new Shard(List.of(example.rows(Seed.random(example.name()), ROWS)));
    return worker.run(shard, state, new RoundTask(RoundTask.Kind.WALK, 0, 0, 2)).toBytes().length;
  }
}
