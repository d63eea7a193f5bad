package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.spark.PersistentRdds;
import io.sparkae.spark.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a listener hears of a training that goes well, and of one that does not. */
class TrainingListenerTest {
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(4, 100, 5), 2);

  private final Set<Object> before = PersistentRdds.ids();

  /** Writes down what it hears. */
  private static final class Diary implements TrainingListener {
    private final List<String> lines = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    @Override
    public void onStart(TrainingPlan plan) {
      lines.add("start " + plan.rows() + " rows, " + plan.stepsPerEpoch() + " steps");
    }

    @Override
    public void onRound(RoundEvent event) {
      lines.add(
          "round "
              + event.epoch()
              + "/"
              + event.epochs()
              + " step "
              + event.stepsDone()
              + "/"
              + event.stepsPerEpoch()
              + " rows "
              + event.rows());
    }

    @Override
    public void onEpoch(EpochEvent event) {
      lines.add("epoch " + event.epoch() + "/" + event.epochs() + " rows " + event.rows());
      losses.add(event.loss());
    }

    @Override
    public void onEnd() {
      lines.add("end");
    }
  }

  @ParameterizedTest
  @CsvSource({"local, 4", "synchronous, 1"})
  void hearsStartRoundsEpochsAndEndInOrder(String averaging, int stepsPerRound) {
    Diary diary = new Diary();
    AutoencoderModel model =
        Easy.autoencoder()
            .setAveraging(averaging)
            .setBatchSize(10)
            .setStepsPerRound(4)
            .setTrainingListener(diary)
            .fit(TABLE);
    List<String> expected = new ArrayList<>(List.of("start 100 rows, 10 steps"));
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int step = 0; step < 10; step += stepsPerRound) {
        int done = Math.min(10, step + stepsPerRound);
        expected.add("round " + epoch + "/2 step " + done + "/10 rows " + 10 * (done - step));
      }
      expected.add("epoch " + epoch + "/2 rows 100");
    }
    expected.add("end");
    assertThat(diary.lines).isEqualTo(expected);
    assertThat(diary.losses.stream().mapToDouble(d -> d))
        .containsExactly(
            Arrays.stream(model.summary().orElseThrow().objectiveHistory())
                .boxed()
                .toArray(Double[]::new));
  }

  @ParameterizedTest
  @CsvSource({"local, 4", "synchronous, 1"})
  void lossThatStopsBeingFiniteEndsTheTrainingWithEpochAndStep(
      String averaging, int stepsPerRound) {
    Diary diary = new Diary();
    rootCauseOf(
            () ->
                new Autoencoder()
                    .setOptimizer("sgd")
                    .setStepSize(1e6)
                    .setCodeSize(3)
                    .setBatchSize(10)
                    .setEpochs(5)
                    .setAveraging(averaging)
                    .setReplicas(2)
                    .setStepsPerRound(stepsPerRound)
                    .setTrainingListener(diary)
                    .fit(TABLE))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "the loss stopped being finite in epoch 1, step [2-5] of 10: the parameters had grown"
                + " (to \\d.*e\\+\\d+|beyond the range of floats): a smaller stepSize .now"
                + " 1000000\\.0., warmupEpochs or clipNorm may help");
    assertThat(diary.lines).startsWith("start 100 rows, 10 steps").endsWith("end");
    assertThat(diary.lines).noneMatch(line -> line.startsWith("epoch"));
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }

  /** One step, whose loss was measured before it: only the parameters show what it did. */
  @Test
  void lastStepThatOverflowsTheParametersEndsTheTrainingToo() {
    rootCauseOf(
            () ->
                new Autoencoder()
                    .setOptimizer("sgd")
                    .setStepSize(1e39)
                    .setCodeSize(3)
                    .setBatchSize(100)
                    .setEpochs(1)
                    .fit(TABLE))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the parameters stopped being finite in epoch 1, step 1 of 1: a smaller stepSize (now"
                + " 1.0E39) or scaled features may help");
  }

  @Test
  void failedFitLeavesNothingPersisted() {
    float[][] rows = Tables.lowRank(4, 100, 5);
    rows[60][0] = Float.NaN;
    rootCauseOf(() -> Easy.autoencoder().fit(Tables.vectors(rows, 2))).hasMessageContaining("NaN");
    Easy.autoencoder().fit(TABLE);
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
