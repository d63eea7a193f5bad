package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are held back: their loss, the model that is kept, the early end. */
class ValidationTest {
  private static final int WIDTH = 20;

  /** Noise that can only be learned by heart: the validation loss falls, then rises. */
  private static final AutoencoderNetwork NETWORK =
      new AutoencoderNetwork(
          WIDTH,
          new AutoencoderSettings(
              List.of(30),
              8,
              Activation.TANH,
              Activation.LINEAR,
              Activation.LINEAR,
              LossKind.SQUARED_ERROR,
              false,
              0.0001));

  private static final AutoencoderObjective OBJECTIVE = new AutoencoderObjective(NETWORK, false);

  private final Random random = Seed.random("noise");
  private final float[][] training = gaussian(random, 40);
  private final float[][] held = gaussian(random, 33);

  private static float[][] gaussian(Random random, int rows) {
    float[][] values = new float[rows][WIDTH];
    for (float[] row : values) {
      for (int j = 0; j < WIDTH; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static TrainingSettings settings(
      int epochs, Averaging averaging, int replicas, ValidationSettings validation) {
    return new TrainingSettings(
            OptimizerSettings.DEFAULT.withStepSize(0.01),
            Map.of(),
            10,
            epochs,
            averaging,
            replicas,
            2,
            0,
            3)
        .withValidation(validation);
  }

  private TrainingResult train(TrainingSettings settings, TrainingListener listener) {
    return InProcessReplicas.train(
        OBJECTIVE,
        settings,
        2,
        Data.block(OBJECTIVE.columns(), training),
        Data.block(OBJECTIVE.columns(), held),
        listener);
  }

  private TrainingResult train(int epochs, ValidationSettings validation) {
    return train(settings(epochs, Averaging.LOCAL, 1, validation), TrainingListener.NONE);
  }

  private static int leastValidationLoss(TrainingResult result) {
    int best = 0;
    for (int e = 1; e < result.epochs().size(); e++) {
      if (result.epochs().get(e).validationLoss() < result.epochs().get(best).validationLoss()) {
        best = e;
      }
    }
    return best;
  }

  /** Mean over rows of the squared error, without the penalty on the weights. */
  private static double error(float[] parameters, float[][] rows) {
    AutoencoderRunner runner =
        AutoencoderRunner.encoder(NETWORK, parameters, false, rows.length, true);
    for (int i = 0; i < rows.length; i++) {
      runner.minibatch().column(0).setRow(i, rows[i], 0);
    }
    runner.minibatch().setRows(rows.length);
    runner.run();
    double sum = 0;
    for (int i = 0; i < rows.length * WIDTH; i++) {
      double difference = runner.reconstructions()[i] - rows[i / WIDTH][i % WIDTH];
      sum += difference * difference;
    }
    return sum / rows.length;
  }

  @ParameterizedTest
  @EnumSource
  void validationLossIsThatOfTheReconstructionsOfRowsThatWereHeldBack(Averaging averaging) {
    TrainingResult result =
        train(settings(5, averaging, 3, ValidationSettings.NONE), TrainingListener.NONE);
    TrainingResult.Epoch kept = result.epochs().get(result.bestEpoch());
    assertThat(kept.validationLoss())
        .isCloseTo(error(result.state().parameters(), held), within(1e-5));
    assertThat(kept.validation().parts()).containsOnlyKeys("reconstruction", "weightDecay");
    assertThat(kept.validation().parts().get("weightDecay")).as("weight decay").isZero();
    assertThat(kept.losses().parts().get("weightDecay")).isPositive();
  }

  @Test
  void modelOfTheBestEpochIsKept() {
    TrainingResult whole = train(60, ValidationSettings.NONE);
    int best = leastValidationLoss(whole);
    assertThat(best).as("the validation loss rises in the end").isBetween(1, 50);
    assertThat(whole.bestEpoch()).isEqualTo(best);
    assertThat(whole.stoppedEarly()).isFalse();
    TrainingResult upToThere = train(best + 1, ValidationSettings.NONE);
    assertThat(whole.state().parameters()).containsExactly(upToThere.state().parameters());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void trainingStopsWhenPatienceEnds(int patience) {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEarlyStop(int epoch, int bestEpoch, double bestLoss) {
            heard.add(epoch + " " + bestEpoch + " " + bestLoss);
          }
        };
    TrainingResult result =
        train(settings(60, Averaging.LOCAL, 1, new ValidationSettings(0, patience, 0)), listener);
    int best = leastValidationLoss(result);
    assertThat(result.epochs()).hasSize(best + 1 + patience);
    assertThat(result.bestEpoch()).isEqualTo(best);
    assertThat(result.stoppedEarly()).isTrue();
    double loss = result.epochs().get(best).validationLoss();
    assertThat(heard).containsExactly((best + patience) + " " + best + " " + loss);
  }

  @Test
  void toleranceAsksForMoreThanALittle() {
    TrainingResult result = train(60, new ValidationSettings(0, 1, 0.5));
    assertThat(result.bestEpoch()).as("no later loss is half the first").isZero();
    assertThat(result.epochs()).hasSize(2);
  }

  @Test
  void withoutValidationRowsTheLastEpochIsKept() {
    TrainingResult result =
        InProcessReplicas.train(
            OBJECTIVE,
            settings(3, Averaging.LOCAL, 1, ValidationSettings.NONE),
            1,
            Data.block(OBJECTIVE.columns(), training));
    assertThat(result.bestEpoch()).isEqualTo(2);
    assertThat(result.epochs().get(0).validationLoss()).isNaN();
    assertThat(result.epochs().get(0).validation().parts()).isEmpty();
  }

  @Test
  void validatingLeavesNoTraceInTheTraining() {
    TrainingSettings settings = settings(1, Averaging.LOCAL, 2, ValidationSettings.NONE);
    TrainingResult without =
        InProcessReplicas.train(OBJECTIVE, settings, 2, Data.block(OBJECTIVE.columns(), training));
    assertThat(train(settings, TrainingListener.NONE).state().parameters())
        .containsExactly(without.state().parameters());
  }
}
