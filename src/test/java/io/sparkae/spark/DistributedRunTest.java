package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Penalties;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.InProcessReplicas;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.UpdatePrecision;
import io.sparkae.data.LocalSpark;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

/** Spark adds nothing to the numbers: the same plan without it leaves the same bits. */
class DistributedRunTest {
  private static final int WIDTH = 30;

  private static AutoencoderObjective objective(
      Activation code, Penalties penalties, boolean sparse) {
    AutoencoderSettings settings =
        new AutoencoderSettings(
                List.of(12),
                4,
                Activation.SOFTPLUS,
                code,
                Activation.SIGMOID,
                LossKind.SQUARED_ERROR,
                true,
                0.001)
            .with(penalties);
    return new AutoencoderObjective(new AutoencoderNetwork(WIDTH, settings), sparse);
  }

  @ParameterizedTest(name = "{0} {1}, {2} replicas, {3} partitions, sparse {4}")
  @CsvSource({
    "LOCAL, ADAM, 1, 1, false, FLOAT32",
    "LOCAL, ADAM, 3, 4, false, FLOAT32",
    "LOCAL, MOMENTUM, 2, 7, true, BFLOAT16",
    "SYNCHRONOUS, ADAM, 3, 2, false, BFLOAT16",
    "SYNCHRONOUS, ADAGRAD, 2, 5, true, FLOAT32",
    "LOCAL, NESTEROV, 12, 3, false, FLOAT32"
  })
  void leavesTheBitsOfReplicasInOneThread(
      Averaging averaging,
      OptimizerSettings.Kind optimizer,
      int replicas,
      int partitions,
      boolean sparse,
      UpdatePrecision precision) {
    TrainingSettings settings =
        new TrainingSettings(
                OptimizerSettings.DEFAULT.withKind(optimizer),
                Map.of(),
                50,
                3,
                averaging,
                replicas,
                3,
                0,
                11)
            .withUpdatePrecision(precision);
    AutoencoderObjective objective = objective(Activation.LINEAR, Penalties.NONE, sparse);
    float[][] rows = sparse ? Tables.sparse(4, 301, WIDTH, 0.1) : Tables.lowRank(4, 301, WIDTH);

    TrainingResult alone =
        InProcessReplicas.train(objective, settings, 1, Tables.block(rows, sparse));
    TrainingResult spark = Trainings.train(objective, settings, Tables.vectors(rows, partitions));

    assertThat(spark.state().toBytes(RoundTask.Kind.WALK))
        .isEqualTo(alone.state().toBytes(RoundTask.Kind.WALK));
    assertThat(spark.epochs())
        .extracting(TrainingResult.Epoch::losses)
        .isEqualTo(alone.epochs().stream().map(TrainingResult.Epoch::losses).toList());
    assertThat(spark.plan().replicas()).isEqualTo(replicas);
    assertThat(spark.state().step()).isEqualTo(3 * 7);
  }

  /** Few rows on many replicas: some have none in some rounds. */
  @ParameterizedTest(name = "{0}, {1} replicas, {2} rows, step size {3}, {4}")
  @CsvSource({
    "ADAM, 1, 301, 0.01, FLOAT32",
    "ADAM, 5, 301, 0.01, FLOAT32",
    "ADAM, 5, 301, 0.01, BFLOAT16",
    "SGD, 70, 301, 0.1, FLOAT32",
    "LAZY_ADAM, 9, 5, 0.01, FLOAT32",
    "LAZY_ADAM, 9, 5, 0.01, BFLOAT16"
  })
  void replicasThatAverageAmongThemselvesLeaveTheSameBits(
      OptimizerSettings.Kind optimizer,
      int replicas,
      int count,
      double stepSize,
      UpdatePrecision precision)
      throws TimeoutException {
    TrainingSettings settings =
        new TrainingSettings(
                OptimizerSettings.DEFAULT.withKind(optimizer).withStepSize(stepSize),
                Map.of(),
                50,
                3,
                Averaging.LOCAL,
                replicas,
                2,
                2,
                11)
            .withUpdatePrecision(precision);
    Penalties withStatistics = new Penalties(0, 0, 0, 0, 0, 0.5, 0.2, 0.9, 0);
    AutoencoderObjective objective = objective(Activation.SIGMOID, withStatistics, false);
    float[][] rows = Tables.lowRank(4, count, WIDTH);
    TrainingResult alone =
        InProcessReplicas.train(objective, settings, 1, Tables.block(rows, false));
    TrainingResult spark = averagedAmongThemselves(objective, settings, rows);
    assertThat(spark.state().toBytes(RoundTask.Kind.WALK))
        .isEqualTo(alone.state().toBytes(RoundTask.Kind.WALK));
    assertThat(spark.epochs())
        .extracting(TrainingResult.Epoch::losses)
        .isEqualTo(alone.epochs().stream().map(TrainingResult.Epoch::losses).toList());
  }

  private static TrainingResult averagedAmongThemselves(
      AutoencoderObjective objective, TrainingSettings settings, float[][] rows)
      throws TimeoutException {
    SparkContext context = LocalSpark.session().sparkContext();
    context.conf().set(SparkReplicas.AVERAGING_REPLICAS, "1");
    Set<Object> before = keptShuffles();
    try (ShuffleStages shuffles = ShuffleStages.of(context)) {
      TrainingResult result = Trainings.train(objective, settings, Tables.vectors(rows, 3));
      assertThat(shuffles.count()).as("rounds with a shuffle").isEqualTo(rounds(result));
      assertThat(before).as("shuffles whose files still lie about").containsAll(keptShuffles());
      return result;
    } finally {
      context.conf().remove(SparkReplicas.AVERAGING_REPLICAS);
    }
  }

  private static Set<Object> keptShuffles() {
    MapOutputTrackerMaster tracker = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    return new HashSet<>(CollectionConverters.asJava(tracker.shuffleStatuses().keySet()));
  }

  private static int rounds(TrainingResult result) {
    TrainingPlan plan = result.plan();
    return plan.epochs() * ((plan.stepsPerEpoch() - 1) / plan.stepsPerRound() + 1);
  }

  @Test
  void aLossThatStopsBeingFiniteIsToldByReplicasThatAverageAmongThemselves() {
    TrainingSettings settings =
        new TrainingSettings(
            OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.SGD).withStepSize(1e30),
            Map.of(),
            50,
            3,
            Averaging.LOCAL,
            3,
            2,
            2,
            11);
    AutoencoderObjective objective = objective(Activation.LINEAR, Penalties.NONE, false);
    float[][] rows = Tables.lowRank(4, 301, WIDTH);
    assertThatThrownBy(() -> averagedAmongThemselves(objective, settings, rows))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("stopped being finite");
  }
}
