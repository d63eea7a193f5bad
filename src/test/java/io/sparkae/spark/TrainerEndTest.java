package io.sparkae.spark;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.Worker;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A training leaves neither cached rows nor waiting workers, however it ends. */
class TrainerEndTest {
  private static final int WIDTH = 6;

  private final Set<Object> before = PersistentRdds.ids();
  private final Objective objective =
      new AutoencoderObjective(new AutoencoderNetwork(WIDTH, AutoencoderSettings.DEFAULT), false);
  private final TrainingSettings settings =
      new TrainingSettings(
          TrainingSettings.DEFAULT.optimizer(), Map.of(), 10, 2, Averaging.LOCAL, 2, 1, 4, 1);

  @AfterEach
  void nothingIsLeft() {
    assertThat(PersistentRdds.ids()).isEqualTo(before);
    assertThat(ReplicaPool.trainings()).isZero();
  }

  private void train(float[][] rows, TrainingListener listener) {
    Trainings.train(
        objective, settings, Tables.vectors(rows, 3), listener, TrainingCheckpoints.NONE);
  }

  @Test
  void workersWaitBetweenRoundsAndAreForgottenAtTheEnd() {
    train(
        Tables.lowRank(1, 100, WIDTH),
        new TrainingListener() {
          @Override
          public void onRound(RoundEvent event) {
            assertThat(ReplicaPool.trainings()).isOne();
            assertThat(PersistentRdds.ids()).hasSize(before.size() + 1);
          }
        });
  }

  @Test
  void listenerThatThrowsEndsTheTraining() {
    rootCauseOf(
            () ->
                train(
                    Tables.lowRank(1, 100, WIDTH),
                    new TrainingListener() {
                      @Override
                      public void onRound(RoundEvent event) {
                        throw new IllegalStateException("enough");
                      }
                    }))
        .hasMessage("enough");
  }

  @Test
  void invalidRowEndsTheTraining() {
    float[][] rows = Tables.lowRank(1, 100, WIDTH);
    rows[70][2] = Float.NaN;
    rootCauseOf(() -> train(rows, TrainingListener.NONE)).isInstanceOf(InvalidRowException.class);
  }

  @Test
  void noRowsEndTheTraining() {
    rootCauseOf(() -> train(new float[0][], TrainingListener.NONE))
        .hasMessage("there are no rows to train on");
  }

  /** As when one replica has failed and the training has ended while another was at work. */
  @Test
  void workerOfATaskThatOutlivesItsTrainingIsNotKept() {
    TrainingPlan plan = TrainingPlan.of(settings, 100, 1, 1, false);
    Replica late =
        ReplicaPool.take("ended", 0, () -> new Replica(new Worker(objective, plan, 50), false));
    ReplicaPool.forget("ended");
    ReplicaPool.giveBack("ended", 0, late);
    assertThat(ReplicaPool.trainings()).isZero();
  }

  /** As on an executor that could not be told, because it stood still. */
  @Test
  void workersThatAnEndedTrainingHasLeftAreForgottenByTheNext() {
    TrainingPlan plan = TrainingPlan.of(settings, 100, 1, 1, false);
    ReplicaPool.giveBack("missed", 0, new Replica(new Worker(objective, plan, 50), false));
    assertThat(ReplicaPool.trainings()).isOne();
    train(Tables.lowRank(1, 100, WIDTH), TrainingListener.NONE);
  }
}
