package io.sparkae.jobs;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.linalg.SgemmRate;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalObjective;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.HasTrainingListener;
import io.sparkae.ml.TrainedModel;
import io.sparkae.ml.TrainingParams;
import io.sparkae.ml.VariationalAutoencoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The training of a net, through its Estimator as everybody trains.
 *
 * @param name word on the command line
 * @param description what it is, for a person
 * @param estimator makes the estimator
 * @param objective what it trains, on so many features
 */
record TrainingBench(
    String name,
    String description,
    Supplier<Estimator<?>> estimator,
    IntFunction<Objective> objective)
    implements BenchWorkload {
  /** Seconds at most of each of the two measurements of the BLAS, before and after the training. */
  private static final double SGEMM_SECONDS = 2;

  /** Epochs that are measured at least. */
  private static final int MIN_EPOCHS = 3;

  static final TrainingBench DEEP =
      new TrainingBench(
          "deep",
          "1000-500-250-30 mirrored, ReLU, linear code, sigmoid and cross-entropy, Adam, batch 256",
          TrainingBench::deep,
          width -> objective(width, deep()));

  static final TrainingBench SHALLOW =
      new TrainingBench(
          "shallow",
          "1000 sigmoid units and back, cross-entropy, gradient descent, batch 100",
          TrainingBench::shallow,
          width -> objective(width, shallow()));

  static final TrainingBench VARIATIONAL =
      new TrainingBench(
          "variational",
          "variational, 400 ReLU units, code of 20, and back, Bernoulli, Adam, batch 128",
          TrainingBench::variational,
          width ->
              new VariationalObjective(
                  new VariationalNetwork(width, variational().variationalSettings()), false));

  static Autoencoder deep() {
    return new Autoencoder()
        .setHiddenLayers(new int[] {1000, 500, 250})
        .setCodeSize(30)
        .setActivation("relu")
        .setCodeActivation("linear")
        .setOutputActivation("sigmoid")
        .setLoss("crossEntropy")
        .setOptimizer("adam")
        .setStepSize(0.001)
        .setBatchSize(256)
        .setSeed(1);
  }

  private static Autoencoder shallow() {
    return new Autoencoder()
        .setCodeSize(1000)
        .setCodeActivation("sigmoid")
        .setOutputActivation("sigmoid")
        .setLoss("crossEntropy")
        .setOptimizer("sgd")
        .setStepSize(0.1)
        .setBatchSize(100)
        .setSeed(1);
  }

  private static VariationalAutoencoder variational() {
    return new VariationalAutoencoder()
        .setHiddenLayers(new int[] {400})
        .setCodeSize(20)
        .setActivation("relu")
        .setLikelihood("bernoulli")
        .setOptimizer("adam")
        .setStepSize(0.001)
        .setBatchSize(128)
        .setSeed(1);
  }

  private static Objective objective(int width, Autoencoder made) {
    return new AutoencoderObjective(
        new AutoencoderNetwork(width, made.autoencoderSettings()), false);
  }

  @Override
  public List<String> heeded() {
    return List.of("test", "epochs");
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    Stopwatch warmUp = new Stopwatch();
    task.console().progress("warming up: one epoch");
    train(task.table(), 1, warmUp);
    int threads = warmUp.plan().replicas() * warmUp.plan().threads();
    double sgemmSeconds = Math.min(SGEMM_SECONDS, task.seconds() / 5);
    double before = SgemmRate.measure(threads, sgemmSeconds);
    int epochs = task.epochs().orElse(epochs(task.seconds(), warmUp));
    task.console().progress("measuring: %d epochs", epochs);
    Stopwatch measured = new Stopwatch();
    long start = System.nanoTime();
    Model<?> model = train(task.table(), epochs, measured);
    double fitSeconds = (System.nanoTime() - start) / 1e9;
    double after = SgemmRate.measure(threads, sgemmSeconds);
    Map<String, Object> result = new LinkedHashMap<>();
    measured.rowsPerSecond().put(result, "rowsPerSecond");
    double sgemm = (before + after) / 2;
    result.put("sgemmGflops", rounded(sgemm, 1));
    double flops = measured.rowsPerSecond().median() * flopsPerTrainedRow((TrainedModel) model);
    result.put("fractionOfSgemm", rounded(flops / (sgemm * 1e9), 3));
    result.put("allocatedBytesPerStep", allocatedBytesPerStep((TrainedModel) model));
    result.put("epochs", epochs);
    result.put("fitSeconds", rounded(fitSeconds, 2));
    task.test().ifPresent(test -> result.put("testError", rounded(squaredError(model, test), 4)));
    result.put("threads", threads);
    return result;
  }

  private long allocatedBytesPerStep(TrainedModel model) {
    TrainingParams made = (TrainingParams) estimator.get();
    return Math.round(
        StepAllocation.bytesPerStep(objective.apply(model.numFeatures()), made.trainingSettings()));
  }

  private static int epochs(double seconds, Stopwatch warmUp) {
    double longest = warmUp.seconds().get(0);
    return (int) Math.max(MIN_EPOCHS, Math.min(10_000, Math.ceil(seconds / longest)));
  }

  /** Trains as is said, and tells a listener. */
  Model<?> train(Dataset<Row> table, int epochs, TrainingListener listener) {
    Estimator<?> made = estimator.get();
    made.set("epochs", epochs);
    ((HasTrainingListener) made).setTrainingListener(listener);
    return made.fit(table);
  }

  /**
   * Multiply-adds of one row's forward and backward pass, counted as two operations each: forward,
   * weight gradient, input gradient, of which the last is never computed for the first layer.
   */
  static double flopsPerTrainedRow(TrainedModel model) {
    double products = 0;
    for (ParameterSlice slice : model.layout().slices()) {
      products += slice.rows() > 1 ? slice.length() : 0; // biases have one row
    }
    return 2 * (3 * products - model.firstWeights().length());
  }

  /** The mean over rows of the squared error of a row's reconstruction, summed over features. */
  static double squaredError(Model<?> model, Dataset<Row> rows) {
    model.set("errorCol", "sparkae_error");
    return model.transform(rows).agg(functions.avg("sparkae_error")).first().getDouble(0);
  }

  static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.rint(value * scale) / scale;
  }

  /** Keeps the plan and the speed of each epoch of a training. */
  static final class Stopwatch implements TrainingListener {
    private final List<Double> seconds = new ArrayList<>();
    private final Rates rowsPerSecond = new Rates();
    private TrainingPlan plan;

    @Override
    public void onStart(TrainingPlan started) {
      plan = started;
    }

    @Override
    public void onEpoch(EpochEvent event) {
      seconds.add(event.seconds());
      rowsPerSecond.add(event.rows() / event.seconds());
    }

    TrainingPlan plan() {
      return plan;
    }

    List<Double> seconds() {
      return seconds;
    }

    Rates rowsPerSecond() {
      return rowsPerSecond;
    }
  }
}
