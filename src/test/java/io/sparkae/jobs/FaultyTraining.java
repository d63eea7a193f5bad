package io.sparkae.jobs;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Corruption;
import io.sparkae.core.objective.Noise;
import io.sparkae.core.objective.Penalties;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.FaultyObjective;
import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.ValidationSettings;
import io.sparkae.data.LocalSpark;
import io.sparkae.spark.CheckpointFolder;
import io.sparkae.spark.FixedTraining;
import io.sparkae.spark.Tables;
import io.sparkae.spark.Trainings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The {@link FixedTraining} of two replicas of two threads, on more rows and with noise, during
 * which faults strike. It keeps the epoch of the least loss on rows that it holds back.
 *
 * @param spark where it runs
 * @param epochs of three rounds each
 * @param seed of weights, noise and order
 * @param way that it takes
 * @param faults the faults to come
 * @param traces where those that have struck leave their files, of this training alone
 */
record FaultyTraining(
    SparkSession spark, int epochs, long seed, Way way, List<Fault> faults, Path traces) {
  /** What differs in a training. */
  enum Way {
    /** Nothing. */
    LOCAL,
    /** Directions are averaged after each step. */
    SYNCHRONOUS,
    /** The code has a running mean, which the penalty is taken of. */
    SPARSE,
    /** Gradients and losses of all rows, without noise. */
    LBFGS
  }

  /** Epochs if nobody needs more. */
  static final int EPOCHS = 6;

  private static final long SEED = 7;
  private static final int WIDTH = FixedTraining.WIDTH;
  private static final int ROWS = 3000;
  private static final int PARTITIONS = 3;

  private static TrainingResult undisturbed;

  /** A training with faults whose files go to a new folder. */
  static FaultyTraining of(SparkSession spark, Path folder, Fault... faults) throws IOException {
    Path traces = Files.createTempDirectory(folder, "faults");
    return new FaultyTraining(spark, EPOCHS, SEED, Way.LOCAL, List.of(faults), traces);
  }

  /** The same for so many epochs. */
  FaultyTraining longer(int more) {
    return new FaultyTraining(spark, more, seed, way, faults, traces);
  }

  /** The same of another seed. */
  FaultyTraining ofSeed(long other) {
    return new FaultyTraining(spark, epochs, other, way, faults, traces);
  }

  /** The same in another way. */
  FaultyTraining by(Way other) {
    return new FaultyTraining(spark, epochs, seed, other, faults, traces);
  }

  /** What trainings on rows of seed 3 must leave: what one in this JVM alone leaves. */
  static synchronized TrainingResult undisturbed(Path folder) throws IOException {
    if (undisturbed == null) {
      TestCluster.endSession();
      undisturbed = of(LocalSpark.session(), folder).train();
      TestCluster.endSession();
    }
    return undisturbed;
  }

  /** Fails unless parameters and loss curves are the same, to the bit. */
  static void assertSame(TrainingResult actual, TrainingResult expected) {
    assertThat(losses(actual)).containsExactly(losses(expected));
    assertThat(actual.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertSameBits("parameters", actual.state().parameters(), expected.state().parameters());
  }

  private static double[] losses(TrainingResult result) {
    return result.epochs().stream()
        .flatMapToDouble(epoch -> DoubleStream.of(epoch.loss(), epoch.validationLoss()))
        .toArray();
  }

  /** Rows of its width, which the driver has. */
  Dataset<Row> rows(long seed) {
    return Tables.vectors(spark, Tables.lowRank(seed, ROWS, WIDTH), PARTITIONS);
  }

  /** Trains on rows that are always the same; what it leaves. */
  TrainingResult train() {
    return train(rows(3), TrainingListener.NONE);
  }

  /** Trains on some rows; what it leaves. */
  TrainingResult train(Dataset<Row> rows, TrainingListener listener) {
    return train(rows, listener, TrainingCheckpoints.NONE);
  }

  /** Goes on from a checkpoint of each round, if there is one in a folder. */
  TrainingResult resume(Path checkpoints, TrainingListener listener) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    TrainingCheckpoints kept =
        CheckpointFolder.open(checkpoints.toString(), configuration, 1, true, Fingerprint.NONE);
    return train(rows(3), listener, kept);
  }

  private TrainingResult train(
      Dataset<Row> rows, TrainingListener listener, TrainingCheckpoints checkpoints) {
    AutoencoderNetwork network = new AutoencoderNetwork(WIDTH, shape());
    Averaging averaging = way == Way.SYNCHRONOUS ? Averaging.SYNCHRONOUS : Averaging.LOCAL;
    TrainingSettings settings =
        new TrainingSettings(optimizer(), Map.of(), 100, epochs, averaging, 2, 2, 10, seed)
            .withValidation(new ValidationSettings(0.1, 0, 0));
    return Trainings.train(
        new FaultyObjective(new AutoencoderObjective(network, false), traces, faults),
        settings,
        rows,
        listener,
        checkpoints);
  }

  private AutoencoderSettings shape() {
    AutoencoderSettings fixed = FixedTraining.SHAPE;
    return switch (way) {
      case LBFGS -> fixed;
      case SPARSE ->
          new AutoencoderSettings(
                  fixed.hiddenLayers(),
                  fixed.codeSize(),
                  fixed.activation(),
                  Activation.SIGMOID,
                  fixed.outputActivation(),
                  fixed.loss(),
                  fixed.tiedWeights(),
                  0)
              .with(new Penalties(1e-4, 0, 0, 0, 0, 1, 0.05, 0.9, 0));
      default -> fixed.with(new Noise(Corruption.MASKING, 0.2, 0, 0.1, 0));
    };
  }

  private OptimizerSettings optimizer() {
    OptimizerSettings adam = OptimizerSettings.DEFAULT;
    return way == Way.LBFGS ? adam.withKind(OptimizerSettings.Kind.LBFGS) : adam;
  }

  /** Whether the fault of that number has struck. */
  boolean hasStruck(int fault) {
    return Files.exists(FaultyObjective.trace(traces, fault));
  }

  /** Whether the fault of that number has struck and its process stands still. */
  boolean standsStill(int fault) {
    return hasStruck(fault) && ClusterProcesses.isStopped(struck(fault));
  }

  /** The process that the fault of that number has struck. */
  ProcessHandle struck(int fault) {
    try {
      String pid = Files.readString(FaultyObjective.trace(traces, fault));
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the process go on that the fault of that number has stopped. */
  void goOn(int fault) {
    try {
      String pid = String.valueOf(struck(fault).pid());
      new ProcessBuilder("kill", "-s", "CONT", pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
