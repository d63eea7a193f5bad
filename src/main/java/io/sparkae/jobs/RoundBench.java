package io.sparkae.jobs;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.ml.TrainedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a round costs itself: one step on one row for each of two replicas of the deep net. */
record RoundBench() implements BenchWorkload {
  private static final int REPLICAS = 2;
  private static final int MIN_ROUNDS = 25;

  @Override
  public String name() {
    return "round";
  }

  @Override
  public String description() {
    return "rounds of one row for each of " + REPLICAS + " replicas of the deep net";
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    Dataset<Row> few = task.table().limit(REPLICAS);
    TrainingBench.Stopwatch warmUp = new TrainingBench.Stopwatch();
    train(few, MIN_ROUNDS, warmUp);
    double last = warmUp.seconds().get(MIN_ROUNDS - 1);
    int rounds = (int) Math.max(MIN_ROUNDS, Math.min(10_000, task.seconds() / last));
    TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
    TrainedModel model = (TrainedModel) train(few, rounds, watch);
    Rates millis = new Rates();
    watch.seconds().forEach(seconds -> millis.add(1000 * seconds));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("roundMillis", TrainingBench.rounded(millis.median(), 1));
    result.put("rounds", rounds);
    result.put("replicas", REPLICAS);
    result.put(
        "parameters", model.layout().slices().stream().mapToLong(ParameterSlice::length).sum());
    return result;
  }

  private static Model<?> train(Dataset<Row> rows, int rounds, TrainingBench.Stopwatch watch) {
    return TrainingBench.deep()
        .setReplicas(REPLICAS)
        .setEpochs(rounds)
        .setTrainingListener(watch)
        .fit(rows);
  }
}
