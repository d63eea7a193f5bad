package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.spark.PersistentRdds;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimator with an optimizer that takes each step on all rows. */
class FullBatchFitTest {
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(4, 100, 5), 2);

  @TempDir private Path folder;

  private static Autoencoder estimator(String optimizer) {
    return new Autoencoder()
        .setCodeSize(3)
        .setOutputActivation("sigmoid")
        .setOptimizer(optimizer)
        .setMaxIter(6)
        .setTol(0)
        .setReplicas(2)
        .setSeed(5);
  }

  /** Rows of each look and each iteration that it hears of, in order. */
  private static final class Diary implements TrainingListener {
    private final List<String> lines = new ArrayList<>();
    private long looked;
    private long inIterations;

    @Override
    public void onRound(RoundEvent event) {
      looked += event.rows();
    }

    @Override
    public void onEpoch(EpochEvent event) {
      inIterations += event.rows();
      lines.add("iteration " + (event.epoch() + 1) + "/" + event.epochs());
    }

    @Override
    public void onConverged(int iteration, String reason) {
      lines.add("converged " + (iteration + 1));
    }

    @Override
    public void onEarlyStop(int epoch, int bestEpoch, double bestLoss) {
      lines.add("stopped " + (epoch + 1) + " best " + (bestEpoch + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lbfgs", "conjugateGradient"})
  void summaryTellsLossesAfterEachIterationAndPassesOverTheRows(String optimizer) {
    Diary diary = new Diary();
    AutoencoderModel model =
        estimator(optimizer).setErrorCol("error").setTrainingListener(diary).fit(TABLE);
    TrainingSummary summary = model.summary().orElseThrow();
    assertThat(summary.objectiveHistory()).hasSize(6);
    for (int i = 1; i < 6; i++) {
      assertThat(summary.objectiveHistory()[i]).isLessThan(summary.objectiveHistory()[i - 1]);
    }
    assertThat(summary.objectiveHistory()[5]).isCloseTo(meanError(model), within(1e-6));
    assertThat(diary.looked).isEqualTo(diary.inIterations).isEqualTo(100 * summary.passes());
    assertThat(summary.passes()).isBetween(7L, 40L);
    assertThat(summary.totalSteps()).isEqualTo(6);
    assertThat(summary.rowsPerSecond())
        .isCloseTo(100 * summary.passes() / summary.seconds(), within(1e-6));
    assertThat(summary.stoppedEarly()).isFalse();
    assertThat(Arrays.stream(summary.stepSizes()).min().orElseThrow()).isPositive();
    assertThat(diary.lines).hasSize(6).endsWith("iteration 6/6");
  }

  @Test
  void convergenceEndsTheTraining() {
    Diary diary = new Diary();
    AutoencoderModel model =
        estimator("lbfgs").setMaxIter(1000).setTol(0.01).setTrainingListener(diary).fit(TABLE);
    TrainingSummary summary = model.summary().orElseThrow();
    int iterations = summary.totalEpochs();
    assertThat(iterations).isLessThan(1000);
    assertThat(diary.lines).hasSize(iterations + 1).endsWith("converged " + iterations);
    assertThat(summary.stoppedEarly()).isTrue();
    assertThat(summary.bestEpoch()).isEqualTo(iterations - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lbfgs", "conjugateGradient"})
  void contractionIsMinimisedWithTheError(String optimizer) {
    Autoencoder plain =
        estimator(optimizer).setCodeActivation("sigmoid").setMaxIter(100).setErrorCol("error");
    AutoencoderModel free = plain.fit(TABLE);
    AutoencoderModel contracted = plain.copy(ParamMap.empty()).setContraction(0.1).fit(TABLE);
    List<double[]> rows = Easy.arrays(TABLE, "features");
    double norm = Easy.squaredJacobian(contracted, rows);
    assertThat(norm).isLessThan(0.5 * Easy.squaredJacobian(free, rows));
    double[] losses = contracted.summary().orElseThrow().objectiveHistory();
    assertThat(losses).as("no line search fails").hasSizeGreaterThan(20);
    assertThat(losses[losses.length - 1])
        .isLessThan(losses[0] / 2)
        .isCloseTo(meanError(contracted) + 0.1 * norm, within(1e-5));
  }

  private static double meanError(AutoencoderModel model) {
    return model.transform(TABLE).agg(functions.avg("error")).first().getDouble(0);
  }

  @Test
  void iterateWithTheLeastValidationLossIsKept() {
    Diary diary = new Diary();
    Dataset<Row> few =
        Tables.vectors(Tables.sparse(4, 16, 5, 0.5), 2)
            .withColumn("held", functions.monotonically_increasing_id().mod(2).equalTo(0));
    AutoencoderModel model =
        estimator("lbfgs")
            .setMaxIter(60)
            .setValidationIndicatorCol("held")
            .setPatience(5)
            .setErrorCol("error")
            .setTrainingListener(diary)
            .fit(few);
    TrainingSummary summary = model.summary().orElseThrow();
    double[] validation = summary.validationHistory();
    double least = Arrays.stream(validation).min().orElseThrow();
    assertThat(validation[summary.bestEpoch()]).isEqualTo(least);
    assertThat(summary.validationRows()).isEqualTo(8);
    assertThat(validation).hasSize(summary.bestEpoch() + 6);
    assertThat(diary.lines)
        .endsWith("stopped " + validation.length + " best " + (summary.bestEpoch() + 1));
    AutoencoderModel untilThen =
        estimator("lbfgs").setMaxIter(summary.bestEpoch() + 1).fit(few.filter("not held"));
    assertSameBits("parameters", model.parameters(), untilThen.parameters());
  }

  @Test
  void estimatorAndModelAreSavedAndLoaded() throws IOException {
    Autoencoder estimator = estimator("conjugateGradient").setTol(0.125);
    String path = folder.resolve("estimator").toString();
    estimator.write().save(path);
    Autoencoder loaded = Autoencoder.load(path);
    assertThat(loaded.explainParams()).isEqualTo(estimator.explainParams());
    assertThat(loaded.getOptimizer()).isEqualTo("conjugateGradient");
    assertThat(loaded.getMaxIter()).isEqualTo(6);
    assertThat(loaded.getTol()).isEqualTo(0.125);
    AutoencoderModel model = loaded.setTol(0).fit(TABLE);
    String modelPath = folder.resolve("model").toString();
    model.write().save(modelPath);
    AutoencoderModel again = AutoencoderModel.load(modelPath);
    assertThat(again.parameters()).containsExactly(model.parameters());
    assertThat(again.explainParams()).isEqualTo(model.explainParams());
    assertThat(again.summary().orElseThrow().passes())
        .isEqualTo(model.summary().orElseThrow().passes());
    assertThat(model.parameters()).containsExactly(estimator.setTol(0).fit(TABLE).parameters());
  }

  @Test
  void lossThatIsNotFiniteAtTheStartEndsTheTrainingInOneLine() {
    Set<Object> before = PersistentRdds.ids();
    float[][] rows = Tables.lowRank(4, 100, 5);
    rows[60][0] = 1e30f;
    rootCauseOf(() -> estimator("lbfgs").setOutputActivation("linear").fit(Tables.vectors(rows, 2)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the loss or its gradient is not finite at the initial weights: row 60 of the training"
                + " rows holds 1.000e+30 at element 0 of its features: scaled features may help");
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
