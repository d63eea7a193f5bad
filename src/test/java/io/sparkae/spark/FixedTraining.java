package io.sparkae.spark;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.linalg.Blas;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One training, the same wherever it runs; as a program, in the masters that it is told. */
public final class FixedTraining {
  private static final int ROWS = 1500;

  /** Features of its rows. */
  public static final int WIDTH = 60;

  /** Its autoencoder. */
  public static final AutoencoderSettings SHAPE =
      new AutoencoderSettings(
          List.of(40),
          8,
          Activation.ELU,
          Activation.TANH,
          Activation.SIGMOID,
          LossKind.CROSS_ENTROPY,
          false,
          1e-4);

  private FixedTraining() {}

  /**
   * Averaging or full-batch optimizer, and replicas, of each training; each replica cuts its
   * minibatches in two.
   */
  static final List<String> VARIANTS = List.of("LOCAL 1", "LOCAL 2", "SYNCHRONOUS 2", "LBFGS 2");

  /**
   * Settings as key=value arguments for Spark, then one {@code master=…} for each context to train
   * in. Prints a {@code master variant hash} line for each variant and a {@code master blas library
   * mapped} line.
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("fixed training")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.scheduler.minRegisteredResourcesRatio", "1");
    for (String argument : arguments) {
      String[] setting = argument.split("=", 2);
      if (!setting[0].equals("master")) {
        builder.config(setting[0], setting[1]);
        continue;
      }
      try (SparkSession spark = builder.master(setting[1]).getOrCreate()) {
        for (String variant : VARIANTS) {
          System.out.println(setting[1] + " " + variant + " " + hash(spark, variant, 7));
        }
        describeExecutors(spark)
            .forEach(executor -> System.out.println(setting[1] + " blas " + executor));
      }
    }
  }

  private static List<String> describeExecutors(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, 8).boxed().toList(), 8)
        .map(any -> Blas.description().library() + " " + mappedOpenBlas())
        .distinct()
        .collect();
  }

  /** Paths of every file of that name that this process has mapped. */
  static List<String> mappedOpenBlas() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.matches(".*/libopenblas[^/]*"))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    }
  }

  /** SHA-256 of all that the training leaves. */
  static String hash(SparkSession spark, String variant, long seed) {
    String[] parts = variant.split(" ", 2);
    int replicas = Integer.parseInt(parts[1]);
    RoundState end =
        parts[0].equals("LBFGS")
            ? train(spark, fullBatch(), Averaging.LOCAL, replicas, seed)
            : train(spark, Averaging.valueOf(parts[0]), replicas, seed);
    try {
      byte[] bits = end.toBytes(RoundTask.Kind.WALK);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bits));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OptimizerSettings fullBatch() {
    return OptimizerSettings.DEFAULT
        .withKind(OptimizerSettings.Kind.LBFGS)
        .withFullBatch(new FullBatchSettings(8, 0));
  }

  /** Trains; what the last round left. */
  static RoundState train(SparkSession spark, Averaging averaging, int replicas, long seed) {
    return train(spark, OptimizerSettings.DEFAULT, averaging, replicas, seed);
  }

  private static RoundState train(
      SparkSession spark,
      OptimizerSettings optimizer,
      Averaging averaging,
      int replicas,
      long seed) {
    TrainingSettings settings =
        new TrainingSettings(optimizer, Map.of(), 150, 3, averaging, replicas, 2, 4, seed);
    return Trainings.train(
            new AutoencoderObjective(new AutoencoderNetwork(WIDTH, SHAPE), false),
            settings,
            Tables.vectors(spark, Tables.lowRank(3, ROWS, WIDTH), 3))
        .state();
  }
}
