package io.sparkae.core.train;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.Schedule;
import io.sparkae.core.seam.PartlyLabelled;
import io.sparkae.core.seam.TinyGame;
import io.sparkae.core.seam.TinyMap;
import io.sparkae.core.seam.TinyRbm;
import io.sparkae.core.seam.TinyStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Everything that the trainer must be able to train, with settings that suit it. */
@SuppressWarnings("ImmutableEnumChecker") // objectives are immutable
enum Example {
  RBM(new TinyRbm(6, 4), OptimizerSettings.Kind.MOMENTUM, 0.05),
  GAME(new TinyGame(), OptimizerSettings.Kind.SGD, 0.1),
  PARTLY_LABELLED(new PartlyLabelled(6), OptimizerSettings.Kind.ADAGRAD, 0.1),
  MAP(new TinyMap(5, 6), OptimizerSettings.Kind.SGD, 0.2),
  STATISTICS(new TinyStatistics(6), OptimizerSettings.Kind.NESTEROV, 0.02),
  AUTOENCODER(autoencoder(false), OptimizerSettings.Kind.ADAM, 0.01),
  SPARSE_AUTOENCODER(autoencoder(true), OptimizerSettings.Kind.ADAM, 0.01);

  final Objective objective;
  private final OptimizerSettings optimizer;

  Example(Objective objective, OptimizerSettings.Kind kind, double stepSize) {
    this.objective = objective;
    this.optimizer = OptimizerSettings.DEFAULT.withKind(kind).withStepSize(stepSize);
  }

  private static Objective autoencoder(boolean sparse) {
    AutoencoderSettings settings =
        new AutoencoderSettings(
            List.of(5),
            3,
            Activation.TANH,
            Activation.SIGMOID,
            Activation.SIGMOID,
            LossKind.CROSS_ENTROPY,
            true,
            0.01);
    return new AutoencoderObjective(new AutoencoderNetwork(6, settings), sparse);
  }

  Block rows(Random random, int rows) {
    List<ColumnSpec> specs = objective.columns();
    float[][] features = Data.uniform(random, rows, specs.get(0).width());
    return specs.size() == 1
        ? Data.block(specs, features)
        : Data.block(specs, features, Data.labels(random, rows));
  }

  TrainingSettings settings(
      Averaging averaging, int batchSize, int replicas, int microBatches, int stepsPerRound) {
    OptimizerSettings ascender =
        new OptimizerSettings(
            OptimizerSettings.Kind.MOMENTUM,
            0.02,
            0.9,
            0.9,
            0.999,
            1e-8,
            new Schedule(Schedule.Kind.EXPONENTIAL, 0.9, 1, 0.5));
    return new TrainingSettings(
        optimizer,
        this == GAME ? Map.of("ascender", ascender) : Map.of(),
        batchSize,
        3,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        17);
  }
}
