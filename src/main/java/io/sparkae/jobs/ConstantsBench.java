package io.sparkae.jobs;

import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.TrainedModel;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the steps and rounds of a cluster cost, from which {@code plan} predicts: rounds of a small
 * and of a large net with one replica and with two, and two trainings with few and with many rows a
 * step.
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

  /**
   * Seconds of an epoch, with what it was of: a round whose steps take fixed + rows·perRow each.
   *
   * @param rows of a step
   */
  private record Epoch(
      double seconds, int steps, double rows, int threads, double operations, long parameters) {}

  @Override
  public Map<String, Object> measure(Task task) {
    if (task.table().sparkSession().sparkContext().isLocal()) {
      task.console()
          .progress(
              "the master is local, where a round carries no bytes: plan would take a cluster's network"
                  + " and averages for cheap, so measure on a cluster");
    }
    task.console().progress("rounds");
    double small1 = round(task, ConstantsBench::small, 1);
    double small2 = round(task, ConstantsBench::small, 2);
    double large1 = round(task, TrainingBench::deep, 1);
    double large2 = round(task, TrainingBench::deep, 2);
    task.console().progress("steps of %d rows", FEW_ROWS);
    Epoch few = epoch(task, FEW_ROWS);
    task.console().progress("steps of %d rows", MANY_ROWS);
    Epoch many = epoch(task, MANY_ROWS);
    // a round of one step took large1, so that (steps − 1)·fixed + steps·rows·perRow are the rest
    double determinant =
        (few.steps - 1) * many.steps * many.rows - (many.steps - 1) * few.steps * few.rows;
    double secondsPerRow =
        ((few.steps - 1) * (many.seconds - large1) - (many.steps - 1) * (few.seconds - large1))
            / determinant;
    if (!(secondsPerRow > 0)) {
      throw new IllegalArgumentException(
          "the constants cannot be told from an epoch of "
              + task.table().count()
              + " rows, "
              + few.seconds
              + " and "
              + many.seconds
              + " seconds: give more rows");
    }
    double fixed =
        Math.max(
            0, (few.seconds - large1 - few.steps * few.rows * secondsPerRow) / (few.steps - 1));
    double bytes = 3.0 * Float.BYTES * few.parameters; // Adam's moments travel, too
    double replica = Math.max(0, (large2 - small2 - (large1 - small1)) / bytes);
    double state = Math.max(0, (large1 - fixed - small1) / bytes - replica);
    double oneTask = Math.max(0, small2 - small1);
    return new CostConstants(
            few.operations / secondsPerRow / few.threads / 1e9,
            fixed / few.parameters,
            Math.max(0, small1 - oneTask),
            oneTask,
            state,
            replica)
        .asMap();
  }

  private static Autoencoder small() {
    return new Autoencoder().setCodeSize(1).setOptimizer("adam").setSeed(1);
  }

  private static Epoch epoch(Task task, int batchSize) {
    TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
    Autoencoder deep = TrainingBench.deep().setReplicas(1).setBatchSize(batchSize);
    TrainedModel model = deep.setEpochs(EPOCHS).setTrainingListener(watch).fit(task.table());
    int steps = watch.plan().stepsPerEpoch();
    return new Epoch(
        median(watch),
        steps,
        (double) watch.plan().rows() / steps,
        watch.plan().threads(),
        TrainingBench.flopsPerTrainedRow(model),
        model.layout().size());
  }

  /** Seconds of a round of a step of one row for each replica. */
  private static double round(Task task, Supplier<Autoencoder> net, int replicas) {
    Dataset<Row> few = task.table().limit(replicas);
    TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
    net.get().setReplicas(replicas).setEpochs(ROUNDS).setTrainingListener(watch).fit(few);
    return median(watch);
  }

  /** Of the epochs but the first, which warms up. */
  private static double median(TrainingBench.Stopwatch watch) {
    Rates seconds = new Rates();
    watch.seconds().subList(1, watch.seconds().size()).forEach(seconds::add);
    return seconds.median();
  }
}
