package io.sparkae.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.MeanLosses;
import io.sparkae.core.train.TrainingListener.EpochEvent;
import io.sparkae.core.train.TrainingListener.RoundEvent;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final TrainingPlan plan = TrainingPlan.of(TrainingSettings.DEFAULT, 60_000, 1, 2, false);

  private static MeanLosses loss(double value) {
    return new MeanLosses(value, Map.of("reconstruction", value), Map.of());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutATerminalEachEpochIsALine() {
    ConsoleProgress progress = new ConsoleProgress(stream, false);
    progress.onStart(plan);
    progress.onRound(new RoundEvent(0, 10, 100, 235, 25_600, loss(81.5), 1));
    progress.onEpoch(new EpochEvent(0, 10, 60_000, loss(77.125), 4));
    progress.onEnd();
    assertThat(printed().lines())
        .containsExactly(
            "training on 60,000 rows: 10 epochs of 235 steps, 1 replica with 2 threads",
            "epoch 1/10: loss 77.13, 4.0 s, 15,000 rows/s, 36 s left");
  }

  @Test
  void opponentsLossesStandBesideTheLoss() {
    ConsoleProgress progress = new ConsoleProgress(stream, false);
    progress.onStart(plan);
    MeanLosses losses =
        new MeanLosses(105.25, Map.of("reconstruction", 105.25), Map.of("discriminator", 1.375));
    progress.onEpoch(new EpochEvent(0, 10, 60_000, losses, 4));
    assertThat(printed())
        .contains("epoch 1/10: loss 105.3, discriminator 1.375, 4.0 s, 15,000 rows/s");
  }

  @Test
  void oneIsOneAndSeveralAreSeveral() {
    TrainingSettings all = TrainingSettings.DEFAULT;
    TrainingSettings one =
        new TrainingSettings(
            all.optimizer(),
            all.groupOptimizers(),
            all.batchSize(),
            1,
            all.averaging(),
            2,
            0,
            0,
            1);
    new ConsoleProgress(stream, false).onStart(TrainingPlan.of(one, 2, 1, 1, false));
    assertThat(printed().strip())
        .isEqualTo("training on 2 rows: 1 epoch of 1 step, 2 replicas with 1 thread each");
  }

  @Test
  void aLongEpochSaysInBetweenHowFarItIs() {
    ConsoleProgress progress = new ConsoleProgress(stream, false);
    progress.onRound(new RoundEvent(2, 10, 100, 235, 25_600, loss(81.5), 20));
    assertThat(printed()).isEmpty();
    progress.onRound(new RoundEvent(2, 10, 200, 235, 25_600, loss(80.5), 11));
    assertThat(printed().lines())
        .containsExactly("epoch 3/10: step 200 of 235, 51,200 rows, loss 80.50");
    progress.onRound(new RoundEvent(2, 10, 235, 235, 8_800, loss(80.5), 40));
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void onATerminalABarShowsTheStepsAndTheLoss() {
    ConsoleProgress progress = new ConsoleProgress(stream, true);
    progress.onStart(plan);
    progress.onRound(new RoundEvent(9, 10, 235, 235, 60_000, loss(63.5), 4));
    progress.onEpoch(new EpochEvent(9, 10, 60_000, loss(63.5), 4));
    progress.onEnd();
    assertThat(printed())
        .contains("100% [", "epoch 10/10 (0:00:00 / 0:00:00) loss 63.50, 15,000 rows/s")
        .contains("\r");
    assertThat(printed()).doesNotContain("epoch 10/10:");
  }

  private static TrainingPlan fullBatch() {
    TrainingSettings all = TrainingSettings.DEFAULT;
    return TrainingPlan.of(
        new TrainingSettings(
            all.optimizer().withKind(OptimizerSettings.Kind.LBFGS),
            Map.of(),
            1,
            1,
            all.averaging(),
            0,
            0,
            0,
            1),
        60_000,
        1,
        2,
        false);
  }

  @Test
  void fullBatchTrainingsHaveIterationsAndLooks() {
    ConsoleProgress progress = new ConsoleProgress(stream, false);
    progress.onStart(fullBatch());
    progress.onRound(new RoundEvent(0, 100, 0, 1, 60_000, loss(90), 16));
    progress.onRound(new RoundEvent(0, 100, 0, 1, 60_000, loss(81.5), 16));
    progress.onEpoch(new EpochEvent(0, 100, 120_000, loss(81.5), 32, 80.25));
    progress.onEarlyStop(0, 0, 80.25);
    progress.onConverged(0, "enough");
    progress.onEnd();
    assertThat(printed().lines())
        .containsExactly(
            "training on 60,000 rows: at most 100 iterations of lbfgs, 1 replica with 2 threads",
            "iteration 1/100: looking for a step, 120,000 rows, loss 81.50",
            "iteration 1/100: loss 81.50, validation 80.25, 32.0 s, 3,750 rows/s, at most 53 min"
                + " left",
            "stopped after iteration 1: validation was best in iteration 1 (80.25), whose"
                + " parameters are kept",
            "ended with iteration 1: enough");
  }

  @Test
  void theBarOfAFullBatchTrainingMovesByIterations() {
    ConsoleProgress progress = new ConsoleProgress(stream, true);
    progress.onStart(fullBatch());
    progress.onRound(new RoundEvent(49, 100, 0, 1, 60_000, loss(63.5), 4));
    progress.onEpoch(new EpochEvent(49, 100, 60_000, loss(63.5), 4));
    progress.onEnd();
    assertThat(printed()).contains("50% [", "iteration 51/100 (", "loss 63.50, 15,000 rows/s");
  }

  @Test
  void validationLossIsToldAndWhyTrainingStopsEarly() {
    ConsoleProgress progress = new ConsoleProgress(stream, false);
    progress.onStart(plan);
    progress.onEpoch(new EpochEvent(0, 10, 60_000, loss(77.125), 100, 80.25));
    progress.onEpoch(new EpochEvent(1, 10, 60_000, loss(70), 3000, 81.5));
    progress.onEarlyStop(1, 0, 80.25);
    progress.onEnd();
    assertThat(printed().lines().skip(1))
        .containsExactly(
            "epoch 1/10: loss 77.13, validation 80.25, 100.0 s, 600 rows/s, 15 min left",
            "epoch 2/10: loss 70.00, validation 81.50, 3000.0 s, 20 rows/s, 3 h 27 min left",
            "stopped after epoch 2: validation was best in epoch 1 (80.25), whose parameters are"
                + " kept");
  }
}
