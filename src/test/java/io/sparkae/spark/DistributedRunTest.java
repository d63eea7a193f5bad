package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.InProcessReplicas;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.data.LocalSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spark adds nothing to the numbers: the same plan without it leaves the same bits. */
class DistributedRunTest {
  private static final int WIDTH = 30;

  @ParameterizedTest(name = "{0} {1}, {2} replicas, {3} partitions, sparse {4}")
  @CsvSource({
    "LOCAL, ADAM, 1, 1, false",
    "LOCAL, ADAM, 3, 4, false",
    "LOCAL, MOMENTUM, 2, 7, true",
    "SYNCHRONOUS, ADAM, 3, 2, false",
    "SYNCHRONOUS, ADAGRAD, 2, 5, true",
    "LOCAL, NESTEROV, 12, 3, false"
  })
  void leavesTheBitsOfReplicasInOneThread(
      Averaging averaging,
      OptimizerSettings.Kind optimizer,
      int replicas,
      int partitions,
      boolean sparse) {
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
            11);
    AutoencoderObjective objective =
        new AutoencoderObjective(
            new AutoencoderNetwork(
                WIDTH,
                new AutoencoderSettings(
                    List.of(12),
                    4,
                    Activation.SOFTPLUS,
                    Activation.LINEAR,
                    Activation.SIGMOID,
                    LossKind.SQUARED_ERROR,
                    true,
                    0.001)),
            sparse);
    float[][] rows = sparse ? Tables.sparse(4, 301, WIDTH, 0.1) : Tables.lowRank(4, 301, WIDTH);

    TrainingResult alone =
        InProcessReplicas.train(objective, settings, 1, Tables.block(rows, sparse));
    TrainingResult spark =
        new Trainer(
                JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()),
                objective,
                settings,
                TrainingListener.NONE)
            .train(
                Tables.vectors(rows, partitions),
                List.of(
                    InputColumn.of("features", new ColumnSpec(ColumnSpec.FEATURES, WIDTH, sparse))),
                HandleInvalid.ERROR)
            .result();

    assertThat(spark.state().toBytes(RoundTask.Kind.WALK))
        .isEqualTo(alone.state().toBytes(RoundTask.Kind.WALK));
    assertThat(spark.epochs())
        .extracting(TrainingResult.Epoch::losses)
        .isEqualTo(alone.epochs().stream().map(TrainingResult.Epoch::losses).toList());
    assertThat(spark.plan().replicas()).isEqualTo(replicas);
    assertThat(spark.state().step()).isEqualTo(3 * 7);
  }
}
