package io.sparkae.jobs;

import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the time of an epoch grows with each of rows, width, depth, replicas, threads and the way of
 * averaging, the others as in the deep net (of replicas, in one with a single hidden layer of 250).
 */
record GrowthBench() implements BenchWorkload {
  private static final int[] REPEATS = {1, 2, 4, 8};
  private static final int[] WIDTHS = {250, 500, 1000, 2000};
  private static final int[] DEPTHS = {1, 2, 3, 4};
  private static final int[] REPLICAS = {1, 2, 4, 8, 16, 32, 64};
  private static final int DEEP_WIDTH = 500;

  /** The first warms up. */
  private static final int EPOCHS = 2;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String description() {
    return "seconds of an epoch as rows, width, depth, replicas and threads grow";
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    Points points = new Points(task);
    for (int repeats : REPEATS) {
      points.add("rows", repeats, repeated(task.table(), repeats), TrainingBench.deep());
    }
    for (int width : WIDTHS) {
      points.add("width", width, TrainingBench.deep().setHiddenLayers(new int[] {width, 500, 250}));
    }
    for (int depth : DEPTHS) {
      int[] layers = new int[depth];
      Arrays.fill(layers, DEEP_WIDTH);
      points.add("depth", depth, TrainingBench.deep().setHiddenLayers(layers));
    }
    for (int replicas : REPLICAS) {
      points.add("replicas", replicas, small().setReplicas(replicas));
    }
    for (int threads : new int[] {1, 2}) {
      points.add("threads", threads, TrainingBench.deep().setReplicas(1).setMicroBatches(threads));
    }
    for (String averaging : List.of("local", "synchronous")) {
      points.add(
          "averaging of 2 replicas",
          averaging,
          TrainingBench.deep().setReplicas(2).setAveraging(averaging));
    }
    return Map.of("growth", points.list);
  }

  /** A net of which 64 replicas fit into one JVM. */
  private static Autoencoder small() {
    return TrainingBench.deep().setHiddenLayers(new int[] {250});
  }

  private static Dataset<Row> repeated(Dataset<Row> table, int times) {
    Dataset<Row> all = table;
    for (int i = 1; i < times; i++) {
      all = all.union(table);
    }
    return all;
  }

  private record Points(Task task, List<Map<String, Object>> list) {
    Points(Task task) {
      this(task, new ArrayList<>());
    }

    void add(String what, Object value, Autoencoder estimator) {
      add(what, value, task.table(), estimator);
    }

    void add(String what, Object value, Dataset<Row> rows, Autoencoder estimator) {
      task.console().progress("%s: %s", what, value);
      TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
      TrainedModel model = estimator.setEpochs(EPOCHS).setTrainingListener(watch).fit(rows);
      double seconds = watch.seconds().get(EPOCHS - 1);
      double gflops = watch.plan().rows() / seconds * TrainingBench.flopsPerTrainedRow(model) / 1e9;
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("of", what);
      point.put("value", value);
      point.put("epochSeconds", TrainingBench.rounded(seconds, 3));
      point.put("rowsPerSecond", Math.rint(watch.plan().rows() / seconds));
      point.put("gflops", TrainingBench.rounded(gflops, 1));
      list.add(point);
    }
  }
}
