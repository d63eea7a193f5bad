package io.sparkae.ml;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the tests of this package share. */
final class Easy {
  private Easy() {}

  /** A small estimator that trains in a moment. */
  static Autoencoder autoencoder() {
    return new Autoencoder()
        .setHiddenLayers(new int[] {6})
        .setCodeSize(3)
        .setActivation("tanh")
        .setOutputActivation("sigmoid")
        .setStepSize(0.01)
        .setBatchSize(16)
        .setEpochs(2)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5);
  }

  /** A column of vectors, as arrays. */
  static List<double[]> arrays(Dataset<Row> table, String column) {
    return table.select(column).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }
}
