package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.core.train.Averaging.LOCAL;
import static io.sparkae.core.train.Averaging.SYNCHRONOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.checkpoint.MemoryStore;
import io.sparkae.core.optimize.OptimizerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings that are stopped after a round and go on from a checkpoint end as all others do. */
class ResumeTest {
  private static final int ROWS = 41;
  private static final int BATCH = 7;

  private final MemoryStore store = new MemoryStore();
  private final List<String> warnings = new ArrayList<>();

  private static TrainingResult train(
      Example example,
      TrainingSettings settings,
      TrainingListener listener,
      TrainingCheckpoints checkpoints) {
    Block all = example.rows(Seed.random(example.name()), ROWS);
    Block held = all.slice(0, 9);
    Block rows = all.slice(9, ROWS).at(0);
    boolean validates = settings.validation() != ValidationSettings.NONE;
    TrainingPlan plan =
        TrainingPlan.of(settings, rows.rows(), 1, 2, example.objective.couplesRows());
    return new TrainingLoop(
            example.objective,
            plan,
            InProcessReplicas.of(example.objective, plan, rows, validates ? held : null),
            listener,
            RoundState.initial(example.objective, settings),
            checkpoints)
        .run();
  }

  private TrainingCheckpoints checkpoints(int interval, boolean resume) throws IOException {
    return TrainingCheckpoints.open(store, interval, resume, Fingerprint.NONE, warnings::add);
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
    assertThat(actual.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(actual.epochs()).hasSameSizeAs(expected.epochs());
    for (int e = 0; e < expected.epochs().size(); e++) {
      TrainingResult.Epoch one = actual.epochs().get(e);
      TrainingResult.Epoch other = expected.epochs().get(e);
      assertThat(one.losses()).isEqualTo(other.losses());
      assertThat(List.copyOf(one.losses().parts().keySet()))
          .isEqualTo(List.copyOf(other.losses().parts().keySet()));
      assertThat(one.validation()).isEqualTo(other.validation());
      assertThat(one.statistics().keySet()).isEqualTo(other.statistics().keySet());
      other.statistics().forEach((k, v) -> assertThat(one.statistics().get(k)).containsExactly(v));
      assertThat(one.stepSize()).isEqualTo(other.stepSize());
      assertThat(one.rows()).isEqualTo(other.rows());
    }
  }

  /** Stops after each round in turn, goes on and compares. */
  private void assertStopsLeaveNoTrace(Example example, TrainingSettings settings, int interval)
      throws IOException {
    StoppingListener counter = new StoppingListener(0);
    TrainingResult undisturbed = train(example, settings, counter, TrainingCheckpoints.NONE);
    assertThat(counter.rounds()).isPositive();
    for (int stop = 1; stop <= counter.rounds(); stop++) {
      store.files().clear();
      StoppingListener stopper = new StoppingListener(stop);
      assertThatThrownBy(() -> train(example, settings, stopper, checkpoints(interval, false)))
          .isInstanceOf(StoppingListener.Stop.class);
      StoppingListener second = new StoppingListener(0);
      TrainingResult resumed = train(example, settings, second, checkpoints(interval, true));
      assertSame(resumed, undisturbed);
      assertThat(counter.rounds() - second.rounds())
          .isEqualTo(stopper.kept() / interval * interval);
      assertThat(second.resumed()).hasSize(stopper.kept() < interval ? 0 : 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void localTrainingGoesOnAfterEveryRound(Example example) throws IOException {
    assertStopsLeaveNoTrace(example, example.settings(LOCAL, BATCH, 3, 2, 2), 1);
    assertStopsLeaveNoTrace(example, example.settings(LOCAL, BATCH, 1, 1, 0), 1);
  }

  @ParameterizedTest
  @EnumSource
  void synchronousTrainingGoesOnAfterEveryRound(Example example) throws IOException {
    assertStopsLeaveNoTrace(example, example.settings(SYNCHRONOUS, BATCH, 3, 2, 0), 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTOENCODER", "STATISTICS", "GAME", "CLASSIFIER"})
  void validationPatienceAndClippingGoOn(Example example) throws IOException {
    TrainingSettings settings = example.settings(LOCAL, BATCH, 2, 2, 2);
    OptimizerSettings clipped = settings.optimizer().withClipNorm(0.05).withStepSize(0.5);
    assertStopsLeaveNoTrace(
        example,
        settings
            .withOptimizer(clipped)
            .withEpochs(6)
            .withValidation(new ValidationSettings(0, 1, 0.01)),
        1);
  }

  @Test
  void aTrainingThatHadEndedMakesNoMoreRounds() throws IOException {
    TrainingSettings settings = Example.RBM.settings(LOCAL, BATCH, 2, 1, 2);
    TrainingResult first =
        train(Example.RBM, settings, TrainingListener.NONE, checkpoints(1, false));
    StoppingListener second = new StoppingListener(0);
    TrainingResult again = train(Example.RBM, settings, second, checkpoints(1, true));
    assertSame(again, first);
    assertThat(second.rounds()).isZero();
    assertThat(second.resumed()).containsExactly(new TrainingListener.ResumeEvent(3, 3, 0, 5));
    assertThat(warnings).isEmpty();
  }

  @Test
  void withoutACheckpointItStartsAnewAndSaysSo() throws IOException {
    TrainingSettings settings = Example.RBM.settings(LOCAL, BATCH, 2, 1, 2);
    TrainingResult undisturbed =
        train(Example.RBM, settings, TrainingListener.NONE, TrainingCheckpoints.NONE);
    StoppingListener listener = new StoppingListener(0);
    assertSame(train(Example.RBM, settings, listener, checkpoints(1, true)), undisturbed);
    assertThat(listener.resumed()).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "resume: there is no whole checkpoint in the folder to go on from: starting anew");
  }

  @Test
  void aFullFolderDoesNotStopTheTraining() throws IOException {
    TrainingSettings settings = Example.RBM.settings(LOCAL, BATCH, 2, 1, 2);
    TrainingResult undisturbed =
        train(Example.RBM, settings, TrainingListener.NONE, TrainingCheckpoints.NONE);
    store.fill();
    assertSame(
        train(Example.RBM, settings, TrainingListener.NONE, checkpoints(1, false)), undisturbed);
    assertThat(warnings)
        .isNotEmpty()
        .containsOnly("a checkpoint could not be written, the training goes on: no space left");
  }

  private void assertRefused(TrainingSettings other, String difference) throws IOException {
    TrainingCheckpoints checkpoints = checkpoints(1, true);
    assertThatThrownBy(() -> train(Example.AUTOENCODER, other, TrainingListener.NONE, checkpoints))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "resume: the folder is of a training with %s: give the same settings, or leave"
                + " resume out",
            difference);
  }

  @Test
  void anotherTrainingIsNamed() throws IOException {
    TrainingSettings settings = Example.AUTOENCODER.settings(LOCAL, BATCH, 2, 1, 2);
    train(Example.AUTOENCODER, settings, TrainingListener.NONE, checkpoints(1, false));
    OptimizerSettings adam = settings.optimizer();
    assertRefused(
        settings.withOptimizer(adam.withStepSize(0.02)), "optimizer.stepSize 0.01, not 0.02");
    assertRefused(settings.withEpochs(4), "epochs 3, not 4");
    assertRefused(Example.AUTOENCODER.settings(LOCAL, BATCH, 3, 1, 2), "replicas 2, not 3");
    assertRefused(Example.AUTOENCODER.settings(LOCAL, BATCH, 2, 2, 2), "microBatches 1, not 2");
    assertRefused(
        settings.withValidation(new ValidationSettings(0, 1, 0)), "validation rows 0, not 9");
  }
}
