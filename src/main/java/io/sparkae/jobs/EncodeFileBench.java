package io.sparkae.jobs;

import io.sparkae.core.graph.ColumnSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** A table of codes written from a table of rows, in turn with MLlib's principal components. */
record EncodeFileBench() implements BenchWorkload {
  private static final String CODE = "code";

  @Override
  public String name() {
    return "encodeFile";
  }

  @Override
  public String description() {
    return "Parquet codes of Parquet rows by the deep net's encoder, beside MLlib's PCA";
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    Model<?> deep =
        TrainingBench.DEEP.train(task.table().limit(1000), 1, new TrainingBench.Stopwatch());
    deep.set("outputCol", CODE);
    Model<?> pca =
        new PCA().setInputCol(ColumnSpec.FEATURES).setOutputCol(CODE).setK(30).fit(task.table());
    long rows = task.table().count();
    Path folder = temporary();
    String output = folder.resolve("codes").toUri().toString();
    try {
      Rates ours = new Rates();
      Rates theirs = new Rates();
      Rates ratios = new Rates();
      double spent = 0;
      for (int turn = 0; spent < task.seconds() || turn < 6; turn++) {
        double own = seconds(deep, task.table(), output);
        double other = seconds(pca, task.table(), output);
        if (turn > 0) { // the first warms up
          ours.add(rows / own);
          theirs.add(rows / other);
          ratios.add(other / own);
          spent += own + other;
        }
      }
      Map<String, Object> result = new LinkedHashMap<>();
      ours.put(result, "rowsPerSecond");
      theirs.put(result, "pcaRowsPerSecond");
      result.put("ratio", TrainingBench.rounded(ratios.median(), 2));
      return result;
    } finally {
      FileUtils.deleteQuietly(folder.toFile());
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sparkae-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  private static double seconds(Model<?> model, Dataset<Row> table, String output) {
    long start = System.nanoTime();
    model.transform(table).select(CODE).write().mode(SaveMode.Overwrite).parquet(output);
    return (System.nanoTime() - start) / 1e9;
  }
}
