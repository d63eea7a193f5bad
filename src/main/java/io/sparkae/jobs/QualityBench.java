package io.sparkae.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Wall time of the deep net's training until its squared error on test rows is as small as asked:
 * trained anew with one more epoch each time, so that nothing but training is in the time.
 */
record QualityBench() implements BenchWorkload {
  private static final int MOST_EPOCHS = 50;

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String description() {
    return "the deep net until --target, the squared error on the rows of --test, is reached";
  }

  @Override
  public List<String> heeded() {
    return List.of("test", "target", "epochs");
  }

  @Override
  public List<String> needed() {
    return List.of("test", "target");
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    double target = task.target().orElseThrow();
    Dataset<Row> test = task.test().orElseThrow();
    TrainingBench.DEEP.train(task.table(), 1, new TrainingBench.Stopwatch()); // warms up
    Map<String, Object> result = new LinkedHashMap<>();
    for (int epochs = task.epochs().orElse(1); epochs <= MOST_EPOCHS; epochs++) {
      long start = System.nanoTime();
      TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
      Model<?> model = TrainingBench.DEEP.train(task.table(), epochs, watch);
      double seconds = (System.nanoTime() - start) / 1e9;
      double error = TrainingBench.squaredError(model, test);
      task.console().progress("%d epochs, %.1f s: error %.4f", epochs, seconds, error);
      if (error <= target) {
        result.put("epochs", epochs);
        result.put("fitSeconds", TrainingBench.rounded(seconds, 2));
        result.put("trainingSeconds", TrainingBench.rounded(sum(watch), 2));
        result.put("testError", TrainingBench.rounded(error, 4));
        return result;
      }
    }
    throw new UsageException(
        "--target " + target + " was not reached in " + MOST_EPOCHS + " epochs");
  }

  private static double sum(TrainingBench.Stopwatch watch) {
    return watch.seconds().stream().mapToDouble(seconds -> seconds).sum();
  }
}
