package io.sparkae.jobs;

import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.TrainedModel;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the steps and rounds of a cluster cost, from which {@code plan} predicts: two trainings with
 * few and with many rows a step, and rounds of a small and of a large net with one replica and with
 * two.
 */
record ConstantsBench() implements BenchWorkload {
  private static final int FEW_ROWS = 64;
  private static final int MANY_ROWS = 1024;
  private static final int EPOCHS = 3;
  private static final int ROUNDS = 25;

  @Override
  public String name() {
    return "constants";
  }

  @Override
  public String description() {
    return "what steps and rounds cost on this cluster, for plan";
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  /** Seconds of a step, with what the step was of. */
  private record Steps(double seconds, int threads, double operations, long parameters) {}

  @Override
  public Map<String, Object> measure(Task task) {
    task.console().progress("steps of %d rows", FEW_ROWS);
    Steps few = steps(task, FEW_ROWS);
    task.console().progress("steps of %d rows", MANY_ROWS);
    Steps many = steps(task, MANY_ROWS);
    double secondsPerRow = (many.seconds - few.seconds) / (MANY_ROWS - FEW_ROWS);
    double fixed = Math.max(0, few.seconds - FEW_ROWS * secondsPerRow);
    double perParameter = fixed / few.parameters;
    task.console().progress("rounds");
    double small1 = round(task, ConstantsBench::small, 1, 0);
    double small2 = round(task, ConstantsBench::small, 2, 0);
    double large1 = round(task, TrainingBench::deep, 1, fixed);
    double large2 = round(task, TrainingBench::deep, 2, fixed);
    double bytes = 3.0 * Float.BYTES * few.parameters; // Adam's moments travel, too
    double replica = Math.max(0, (large2 - small2 - (large1 - small1)) / bytes);
    double state = Math.max(0, (large1 - small1) / bytes - replica);
    double oneTask = Math.max(0, small2 - small1);
    return new CostConstants(
            few.operations / secondsPerRow / few.threads / 1e9,
            perParameter,
            Math.max(0, small1 - oneTask),
            oneTask,
            state,
            replica)
        .asMap();
  }

  private static Autoencoder small() {
    return new Autoencoder().setCodeSize(1).setOptimizer("adam").setSeed(1);
  }

  private static Steps steps(Task task, int batchSize) {
    TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
    Autoencoder deep = TrainingBench.deep().setReplicas(1).setBatchSize(batchSize);
    TrainedModel model = deep.setEpochs(EPOCHS).setTrainingListener(watch).fit(task.table());
    double seconds = median(watch) / watch.plan().stepsPerEpoch();
    long parameters = model.layout().slices().stream().mapToLong(s -> s.length()).sum();
    return new Steps(
        seconds, watch.plan().threads(), TrainingBench.flopsPerTrainedRow(model), parameters);
  }

  /** Seconds of a round of one row for each replica, less those of its step. */
  private static double round(
      Task task, Supplier<Autoencoder> net, int replicas, double stepSeconds) {
    Dataset<Row> few = task.table().limit(replicas);
    TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
    net.get().setReplicas(replicas).setEpochs(ROUNDS).setTrainingListener(watch).fit(few);
    return Math.max(0, median(watch) - stepSeconds);
  }

  /** Of the epochs but the first, which warms up. */
  private static double median(TrainingBench.Stopwatch watch) {
    Rates seconds = new Rates();
    watch.seconds().subList(1, watch.seconds().size()).forEach(seconds::add);
    return seconds.median();
  }
}
