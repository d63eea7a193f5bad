package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Penalties;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.OptimizerSettings.Kind;
import io.sparkae.core.seam.TinyRbm;
import io.sparkae.core.seam.TinySparsity;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.core.train.InProcessReplicas;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.data.LocalSpark;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings on all rows, by Breeze and through Spark, to minima that something else knows. */
class FullBatchTrainingTest {
  private static final int WIDTH = 12;
  private static final int ROWS = 400;

  private static TrainingSettings settings(Kind kind, int maxIter, double tol, int replicas) {
    return settings(kind, maxIter, tol, replicas, 3);
  }

  private static TrainingSettings settings(
      Kind kind, int maxIter, double tol, int replicas, int microBatches) {
    return new TrainingSettings(
        OptimizerSettings.DEFAULT.withKind(kind).withFullBatch(new FullBatchSettings(maxIter, tol)),
        Map.of(),
        1,
        1,
        Averaging.LOCAL,
        replicas,
        microBatches,
        0,
        11);
  }

  private static Objective autoencoder(
      int code, Activation activation, boolean tied, double weightDecay, boolean sparse) {
    return autoencoder(code, activation, tied, Penalties.decay(weightDecay), sparse);
  }

  private static Objective autoencoder(
      int code, Activation activation, boolean tied, Penalties penalties, boolean sparse) {
    return new AutoencoderObjective(
        new AutoencoderNetwork(
            WIDTH,
            new AutoencoderSettings(
                    List.of(),
                    code,
                    Activation.LINEAR,
                    activation,
                    activation,
                    LossKind.SQUARED_ERROR,
                    tied,
                    0)
                .with(penalties)),
        sparse);
  }

  /** Without Spark. */
  private static TrainingResult train(
      Objective objective, TrainingSettings settings, float[][] rows, boolean sparse) {
    TrainingPlan plan = TrainingPlan.of(settings, rows.length, 1, 1, false);
    return new FullBatchLoop(
            objective,
            plan,
            new InProcessReplicas(objective, plan, Tables.block(rows, sparse)),
            TrainingListener.NONE,
            RoundState.initial(objective, settings),
            FullBatchOptimizers.of(settings.optimizer()))
        .run();
  }

  private static double lastLoss(TrainingResult result) {
    return result.epochs().get(result.epochs().size() - 1).loss();
  }

  /** Three factors and noise of all directions. */
  private static float[][] noisy() {
    float[][] rows = Tables.lowRank(4, ROWS, WIDTH);
    SplittableRandom random = new SplittableRandom(5);
    for (float[] row : rows) {
      for (int i = 0; i < WIDTH; i++) {
        row[i] += (float) (0.2 * random.nextDouble());
      }
    }
    return rows;
  }

  /** What the first components leave of the variance, by MLlib's PCA; sum over features. */
  private static double pcaError(float[][] rows, int components) {
    Dataset<Row> table = Tables.vectors(rows, 2);
    PCAModel all = new PCA().setInputCol("features").setOutputCol("c").setK(WIDTH).fit(table);
    double left = 1;
    for (int i = 0; i < components; i++) {
      left -= all.explainedVariance().apply(i);
    }
    double variance = 0;
    for (int i = 0; i < WIDTH; i++) {
      double sum = 0;
      double squares = 0;
      for (float[] row : rows) {
        sum += row[i];
        squares += (double) row[i] * row[i];
      }
      variance += squares / rows.length - (sum / rows.length) * (sum / rows.length);
    }
    return left * variance;
  }

  @ParameterizedTest
  @CsvSource({"LBFGS, 1", "LBFGS, 3", "CONJUGATE_GRADIENT, 2"})
  void linearAutoencoderComesDownToPrincipalComponents(Kind kind, int replicas) {
    float[][] rows = noisy();
    TrainingResult result =
        train(
            autoencoder(3, Activation.LINEAR, false, 0, false),
            settings(kind, 400, 1e-8, replicas),
            rows,
            false);
    double least = pcaError(rows, 3);
    assertThat(least).isPositive();
    assertThat(lastLoss(result)).isCloseTo(least, within(1e-4 * least));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.7", "0.05, 0.8"})
  void bothComeToTheSameMinimumOfATiedSigmoidAutoencoder(double contraction, double most) {
    Penalties penalties = new Penalties(0.003, 0, 0, 0, 0, 0, 0.05, 0.9, contraction);
    Objective objective = autoencoder(4, Activation.SIGMOID, true, penalties, false);
    float[][] rows = noisy();
    TrainingResult lbfgs = train(objective, settings(Kind.LBFGS, 2000, 1e-7, 2), rows, false);
    TrainingResult cg =
        train(objective, settings(Kind.CONJUGATE_GRADIENT, 2000, 1e-7, 2), rows, false);
    assertThat(lastLoss(cg)).isCloseTo(lastLoss(lbfgs), within(1e-3 * lastLoss(lbfgs)));
    assertThat(lastLoss(lbfgs)).isLessThan(most * lbfgs.epochs().get(0).loss());
    assertThat(lbfgs.stoppedEarly()).isTrue();
    assertThat(cg.stoppedEarly()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void exactStatisticsOfAllRowsLeadToAMinimumToo(Kind kind) {
    TinySparsity objective = new TinySparsity(WIDTH, 3);
    TrainingResult result = train(objective, settings(kind, 300, 1e-7, 3), noisy(), false);
    assertThat(lastLoss(result)).isLessThan(result.epochs().get(0).loss());
    double[] means = result.state().statistics()[0];
    double divergence = 0;
    for (double mean : means) {
      divergence += TinySparsity.divergence(mean);
      assertThat(mean).isBetween(0.05, TinySparsity.TARGET);
    }
    assertThat(lastLoss(result)).isGreaterThan(divergence);
  }

  @ParameterizedTest
  @CsvSource({"LBFGS, 1, false", "LBFGS, 3, true", "CONJUGATE_GRADIENT, 2, false"})
  void sparkLeavesTheBitsOfReplicasInOneThread(Kind kind, int replicas, boolean sparse) {
    Objective objective = autoencoder(3, Activation.SIGMOID, true, 1e-3, sparse);
    TrainingSettings settings = settings(kind, 12, 0, replicas);
    float[][] rows = sparse ? Tables.sparse(4, 301, WIDTH, 0.3) : noisy();
    TrainingResult alone = train(objective, settings, rows, sparse);
    TrainingResult spark = Trainings.train(objective, settings, Tables.vectors(rows, 3));
    assertThat(spark.state().toBytes(RoundTask.Kind.WALK))
        .isEqualTo(alone.state().toBytes(RoundTask.Kind.WALK));
    assertThat(spark.epochs())
        .extracting(TrainingResult.Epoch::losses)
        .isEqualTo(alone.epochs().stream().map(TrainingResult.Epoch::losses).toList())
        .hasSize(12);
    assertThat(spark.plan().replicas()).isEqualTo(replicas);
  }

  /** Sums in double leave it to the floats of the pieces whether many replicas go the same way. */
  @Test
  void sevenReplicasGoTheWayOfOne() {
    Objective objective = autoencoder(3, Activation.SIGMOID, true, 1e-3, false);
    float[][] rows = noisy();
    TrainingResult one = train(objective, settings(Kind.LBFGS, 10, 0, 1), rows, false);
    TrainingResult seven = train(objective, settings(Kind.LBFGS, 10, 0, 7), rows, false);
    assertThat(lastLoss(seven)).isCloseTo(lastLoss(one), within(1e-6 * lastLoss(one)));
  }

  @Test
  void objectivesOfChanceAreRefusedBeforeAnyRowIsRead() {
    assertThatThrownBy(
            () ->
                new Trainer(
                    JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()),
                    new TinyRbm(4, 2),
                    settings(Kind.CONJUGATE_GRADIENT, 10, 0, 1),
                    TrainingListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "optimizer conjugateGradient needs the exact gradient of one function, but its"
                + " direction is not the exact gradient of what it minimises: use adam, or another"
                + " optimizer that takes minibatches");
  }
}
