package io.sparkae.core.train;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AdversarialNetwork;
import io.sparkae.core.objective.AdversarialObjective;
import io.sparkae.core.objective.AdversarialSettings;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Binarization;
import io.sparkae.core.objective.ClassifierNetwork;
import io.sparkae.core.objective.ClassifierObjective;
import io.sparkae.core.objective.ClassifierSettings;
import io.sparkae.core.objective.Corruption;
import io.sparkae.core.objective.DiscriminatorSettings;
import io.sparkae.core.objective.EncoderSettings;
import io.sparkae.core.objective.GenerativeNetwork;
import io.sparkae.core.objective.GenerativeObjective;
import io.sparkae.core.objective.GenerativeSettings;
import io.sparkae.core.objective.KSparsity;
import io.sparkae.core.objective.Likelihood;
import io.sparkae.core.objective.Noise;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Penalties;
import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmObjective;
import io.sparkae.core.objective.RbmSettings;
import io.sparkae.core.objective.RbmUnits;
import io.sparkae.core.objective.StandardPrior;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalObjective;
import io.sparkae.core.objective.VariationalSettings;
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
  SPARSE_AUTOENCODER(autoencoder(true), OptimizerSettings.Kind.ADAM, 0.01),
  BOLTZMANN(
      new RbmObjective(
          new RbmNetwork(
              6,
              new RbmSettings(
                  4, RbmUnits.BERNOULLI, RbmUnits.BERNOULLI, 1, 2, true, 0.01, 0.1, 0.2, 0.9)),
          false),
      OptimizerSettings.Kind.MOMENTUM,
      0.05),
  REGULARISED(
      autoencoder(
          new Penalties(0.01, 0.01, 0.01, 0.01, 0.01, 0.5, 0.2, 0.9, 0.01),
          new Noise(Corruption.GAUSSIAN, 0.2, 0, 0, 0.2),
          KSparsity.NONE,
          false),
      OptimizerSettings.Kind.ADAM,
      0.01),
  SALTED(
      autoencoder(
          Penalties.NONE,
          new Noise(Corruption.SALT_AND_PEPPER, 0.2, 0, 0, 0),
          KSparsity.NONE,
          false),
      OptimizerSettings.Kind.SGD,
      0.1),
  K_SPARSE_DENOISING_OF_SPARSE_ROWS(
      autoencoder(
          Penalties.NONE,
          new Noise(Corruption.MASKING, 0.2, 0.1, 0, 0),
          new KSparsity(1, 3, 0.5, 1),
          true),
      OptimizerSettings.Kind.SGD,
      0.1),
  CLASSIFIER(
      new ClassifierObjective(
          new ClassifierNetwork(
              6,
              new ClassifierSettings(
                  new EncoderSettings(
                      List.of(5, 4), Activation.TANH, Activation.SIGMOID, KSparsity.of(3)),
                  3,
                  false,
                  0.01,
                  new Noise(Corruption.MASKING, 0.2, 0, 0.2, 0.1),
                  true)),
          false),
      OptimizerSettings.Kind.SGD,
      0.1),
  VARIATIONAL(
      variational(Likelihood.BERNOULLI, Binarization.STOCHASTIC, 2, 1, false),
      OptimizerSettings.Kind.ADAM,
      0.01),
  IMPORTANCE_WEIGHTED_OF_SPARSE_ROWS(
      variational(Likelihood.GAUSSIAN, Binarization.NONE, 0, 3, true),
      OptimizerSettings.Kind.MOMENTUM,
      0.02),
  ADVERSARIAL(
      new AdversarialObjective(
          new AdversarialNetwork(
              6,
              new AdversarialSettings(
                  new AutoencoderSettings(
                      List.of(5),
                      2,
                      Activation.TANH,
                      Activation.LINEAR,
                      Activation.SIGMOID,
                      LossKind.CROSS_ENTROPY,
                      false,
                      0.01),
                  StandardPrior.MIXTURE,
                  new DiscriminatorSettings(List.of(4), Activation.TANH, 0.2),
                  0.5,
                  3)),
          false),
      OptimizerSettings.Kind.ADAM,
      0.01),
  GENERATIVE(
      new GenerativeObjective(
          new GenerativeNetwork(
              6,
              new GenerativeSettings(
                  3,
                  List.of(5),
                  Activation.TANH,
                  Activation.SIGMOID,
                  new DiscriminatorSettings(List.of(4), Activation.TANH, 0.2),
                  false,
                  0.1)),
          false),
      OptimizerSettings.Kind.MOMENTUM,
      0.1);

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

  private static Objective autoencoder(
      Penalties penalties, Noise noise, KSparsity kSparsity, boolean sparse) {
    AutoencoderSettings settings =
        new AutoencoderSettings(
                List.of(),
                3,
                Activation.TANH,
                Activation.SIGMOID,
                Activation.SIGMOID,
                LossKind.CROSS_ENTROPY,
                false,
                0)
            .with(penalties)
            .with(noise)
            .with(kSparsity);
    return new AutoencoderObjective(new AutoencoderNetwork(6, settings), sparse);
  }

  private static Objective variational(
      Likelihood likelihood,
      Binarization binarization,
      int warmupEpochs,
      int samples,
      boolean sparse) {
    VariationalSettings settings =
        new VariationalSettings(
            List.of(5),
            2,
            List.of(4),
            Activation.TANH,
            likelihood,
            1,
            binarization,
            1,
            warmupEpochs,
            samples);
    return new VariationalObjective(new VariationalNetwork(6, settings), sparse);
  }

  Block rows(Random random, int rows) {
    List<ColumnSpec> specs = objective.columns();
    float[][] features = Data.uniform(random, rows, specs.get(0).width());
    return specs.size() == 1
        ? Data.block(specs, features)
        : Data.block(
            specs,
            features,
            switch (this) {
              case CLASSIFIER, ADVERSARIAL -> Data.classes(random, rows, 3);
              default -> Data.labels(random, rows);
            });
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
    Map<String, OptimizerSettings> ofPlayers =
        switch (this) {
          case GAME -> Map.of("ascender", ascender);
          case ADVERSARIAL, GENERATIVE -> Map.of("discriminator", ascender);
          default -> Map.of();
        };
    return new TrainingSettings(
        optimizer, ofPlayers, batchSize, 3, averaging, replicas, microBatches, stepsPerRound, 17);
  }
}
