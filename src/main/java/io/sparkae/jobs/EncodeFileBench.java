package io.sparkae.jobs;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.ml.Autoencoder;
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

/**
 * A table of codes written from a table of rows, in turn with MLlib's principal components: by the
 * deep net's encoder, and by a linear one, which computes as much as the components do.
 */
record EncodeFileBench() implements BenchWorkload {
  private static final String CODE = "code";
  private static final int CODES = 30;

  @Override
  public String name() {
    return "encodeFile";
  }

  @Override
  public String description() {
    return "Parquet codes of Parquet rows by a deep and a linear encoder, beside MLlib's PCA";
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    Model<?> deep = encoder(TrainingBench.deep(), task);
    Model<?> linear = encoder(linear(), task);
    Model<?> pca =
        new PCA().setInputCol(ColumnSpec.FEATURES).setOutputCol(CODE).setK(CODES).fit(task.table());
    long rows = task.table().count();
    Path folder = temporary();
    String output = folder.resolve("codes").toUri().toString();
    try {
      Rates deepRates = new Rates();
      Rates deepRatios = new Rates();
      Rates linearRates = new Rates();
      Rates linearRatios = new Rates();
      Rates pcaRates = new Rates();
      double spent = 0;
      for (int turn = 0; spent < task.seconds() || turn < 6; turn++) {
        double ofDeep = seconds(deep, task.table(), output);
        double ofPca = seconds(pca, task.table(), output);
        double ofLinear = seconds(linear, task.table(), output);
        if (turn > 0) { // the first warms up
          deepRates.add(rows / ofDeep);
          deepRatios.add(ofPca / ofDeep);
          linearRates.add(rows / ofLinear);
          linearRatios.add(ofPca / ofLinear);
          pcaRates.add(rows / ofPca);
          spent += ofDeep + ofLinear + ofPca;
        }
      }
      Map<String, Object> result = new LinkedHashMap<>();
      deepRates.put(result, "rowsPerSecond");
      pcaRates.put(result, "pcaRowsPerSecond");
      result.put("ratio", TrainingBench.rounded(deepRatios.median(), 2));
      linearRates.put(result, "linearRowsPerSecond");
      result.put("linearRatio", TrainingBench.rounded(linearRatios.median(), 2));
      return result;
    } finally {
      FileUtils.deleteQuietly(folder.toFile());
    }
  }

  private static Autoencoder linear() {
    return new Autoencoder()
        .setCodeSize(CODES)
        .setCodeActivation("linear")
        .setOutputActivation("linear")
        .setLoss("squaredError")
        .setSeed(1);
  }

  /** Trained on a few rows: the weights do not matter. */
  private static Model<?> encoder(Autoencoder estimator, Task task) {
    return estimator.setEpochs(1).setOutputCol(CODE).fit(task.table().limit(1000));
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
