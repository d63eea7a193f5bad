package io.sparkae.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.optimize.OptimizerSettings.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static Schedule schedule(Schedule.Kind kind, double warmup) {
    return new Schedule(kind, 0.5, 3, warmup);
  }

  private static OptimizerSettings optimizer(
      double stepSize, double momentum, double beta1, double beta2, double epsilon) {
    return new OptimizerSettings(
        Kind.ADAM, stepSize, momentum, beta1, beta2, epsilon, Schedule.CONSTANT);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void constantScheduleStaysAtOne() {
    assertThat(Schedule.CONSTANT.factor(0, 10)).isEqualTo(1);
    assertThat(Schedule.CONSTANT.factor(9.99, 10)).isEqualTo(1);
  }

  @Test
  void stepScheduleDropsEveryFewEpochs() {
    Schedule step = schedule(Schedule.Kind.STEP, 0);
    assertThat(step.factor(0, 10)).isEqualTo(1);
    assertThat(step.factor(2.99, 10)).isEqualTo(1);
    assertThat(step.factor(3, 10)).isCloseTo(0.5, within(1e-15));
    assertThat(step.factor(8.5, 10)).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void exponentialScheduleFallsWithinTheEpoch() {
    Schedule exponential = schedule(Schedule.Kind.EXPONENTIAL, 0);
    assertThat(exponential.factor(0, 10)).isEqualTo(1);
    assertThat(exponential.factor(0.5, 10)).isCloseTo(Math.sqrt(0.5), within(1e-15));
    assertThat(exponential.factor(3, 10)).isCloseTo(0.125, within(1e-15));
  }

  @Test
  void cosineScheduleEndsAtZeroAndPassesOneHalfInTheMiddle() {
    Schedule cosine = schedule(Schedule.Kind.COSINE, 0);
    assertThat(cosine.factor(0, 12)).isEqualTo(1);
    assertThat(cosine.factor(4, 12)).isCloseTo(0.75, within(1e-15));
    assertThat(cosine.factor(6, 12)).isCloseTo(0.5, within(1e-15));
    assertThat(cosine.factor(12, 12)).isCloseTo(0, within(1e-15));
    assertThat(cosine.factor(13, 12)).isCloseTo(0, within(1e-15));
  }

  @Test
  void warmUpRisesLinearlyToTheShapesOwnValue() {
    Schedule exponential = schedule(Schedule.Kind.EXPONENTIAL, 2);
    assertThat(exponential.factor(0, 10)).isZero();
    assertThat(exponential.factor(1, 10)).isCloseTo(0.25, within(1e-15));
    assertThat(exponential.factor(2, 10)).isCloseTo(0.25, within(1e-15));
    assertThat(schedule(Schedule.Kind.CONSTANT, 4).factor(1, 10)).isEqualTo(0.25);
  }

  @Test
  void schedulesOutOfRangeSayWhatWouldBeRight() {
    Schedule.Kind step = Schedule.Kind.STEP;
    refused(() -> new Schedule(step, 0, 1, 0), "scheduleDecay must be in (0, 1], not 0.0");
    refused(() -> new Schedule(step, 1.5, 1, 0), "scheduleDecay must be in (0, 1], not 1.5");
    refused(() -> new Schedule(step, Double.NaN, 1, 0), "scheduleDecay must be in (0, 1], not NaN");
    refused(
        () -> new Schedule(step, 1, 0, 0),
        "scheduleEvery must be a whole number of at least 1, not 0");
    refused(() -> new Schedule(step, 1, 1, -1), "warmupEpochs must be at least 0, not -1.0");
    refused(
        () -> new Schedule(step, 1, 1, Double.POSITIVE_INFINITY),
        "warmupEpochs must be at least 0, not Infinity");
  }

  @Test
  void optimizersOutOfRangeSayWhatWouldBeRight() {
    refused(() -> optimizer(0, 0, 0, 0, 1), "stepSize must be a positive number, not 0.0");
    refused(() -> optimizer(Double.NaN, 0, 0, 0, 1), "stepSize must be a positive number, not NaN");
    refused(
        () -> optimizer(Double.POSITIVE_INFINITY, 0, 0, 0, 1),
        "stepSize must be a positive number, not Infinity");
    refused(() -> optimizer(1, 1, 0, 0, 1), "momentum must be in [0, 1), not 1.0");
    refused(() -> optimizer(1, 0, -0.1, 0, 1), "beta1 must be in [0, 1), not -0.1");
    refused(() -> optimizer(1, 0, 0, 1, 1), "beta2 must be in [0, 1), not 1.0");
    refused(() -> optimizer(1, 0, 0, 0, 0), "epsilon must be a positive number, not 0.0");
  }

  @Test
  void witherChangesOneSettingAlone() {
    OptimizerSettings other = OptimizerSettings.DEFAULT.withKind(Kind.SGD).withStepSize(7);
    assertThat(other)
        .isEqualTo(new OptimizerSettings(Kind.SGD, 7, 0.9, 0.9, 0.999, 1e-8, Schedule.CONSTANT));
  }
}
