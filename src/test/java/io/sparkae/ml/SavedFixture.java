package io.sparkae.ml;

import io.sparkae.data.LocalSpark;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small stages of every kind that can be saved trained, and what they make of a few rows. */
final class SavedFixture {
  private static final int WIDTH = 5;
  private static final int TRAINING_ROWS = 60;

  private SavedFixture() {}

  /** Rows by a rule that no library can change. */
  private static Dataset<Row> rows(int from, int count) {
    List<Row> rows =
        IntStream.range(from, from + count)
            .mapToObj(
                row -> {
                  double[] features =
                      IntStream.range(0, WIDTH)
                          .mapToDouble(i -> (row * (i + 3) * 7 % 17) / 16.0)
                          .toArray();
                  return RowFactory.create(Vectors.dense(features), (double) (row % 3));
                })
            .toList();
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    return LocalSpark.session().createDataFrame(rows, schema);
  }

  /** Stages by the names of their folders. */
  static Map<String, Transformer> train() {
    Dataset<Row> table = rows(0, TRAINING_ROWS);
    Map<String, Transformer> stages = new LinkedHashMap<>();
    AutoencoderModel deep =
        new Autoencoder()
            .setHiddenLayers(new int[] {6})
            .setCodeSize(3)
            .setActivation("elu")
            .setCodeActivation("tanh")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .setSparsityWeight(0.1)
            .setSparsityTarget(0.4)
            .setEpochs(5)
            .setOutputCol("code")
            .setReconstructionCol("reconstruction")
            .setErrorCol("error")
            .fit(table);
    stages.put("autoencoder", deep);
    stages.put(
        "k-sparse",
        new Autoencoder()
            .setCodeSize(8)
            .setTiedWeights(true)
            .setKSparse(2)
            .setKSparseAlpha(2)
            .setEpochs(5)
            .setOutputCol("code")
            .setReconstructionCol("reconstruction")
            .fit(table));
    stages.put(
        "stacked",
        new StackedAutoencoder()
            .setHiddenLayers(new int[] {6})
            .setCodeSize(3)
            .setLayerEpochs(new int[] {3})
            .setEpochs(3)
            .setOutputCol("code")
            .fit(table));
    stages.put(
        "machine",
        new RestrictedBoltzmannMachine()
            .setHiddenUnits(4)
            .setEpochs(5)
            .setOutputCol("hidden")
            .setFreeEnergyCol("freeEnergy")
            .setReconstructionCol("reconstruction")
            .fit(table));
    stages.put(
        "variational",
        new VariationalAutoencoder()
            .setHiddenLayers(new int[] {6})
            .setCodeSize(2)
            .setEpochs(5)
            .setOutputCol("code")
            .setLogVarianceCol("logVariance")
            .setReconstructionCol("reconstruction")
            .fit(table));
    stages.put(
        "adversarial",
        new AdversarialAutoencoder()
            .setHiddenLayers(new int[] {6})
            .setDiscriminatorLayers(new int[] {6})
            .setCodeSize(2)
            .setEpochs(3)
            .setOutputCol("code")
            .setReconstructionCol("reconstruction")
            .fit(table));
    stages.put(
        "generative",
        new GenerativeAdversarialNetwork()
            .setCodeSize(2)
            .setGeneratorLayers(new int[] {6})
            .setDiscriminatorLayers(new int[] {6})
            .setEpochs(3)
            .setDiscriminatorCol("real")
            .fit(table));
    stages.put(
        "classifier",
        new EncoderClassifier().setEncoderModel(deep).setHeadEpochs(3).setEpochs(3).fit(table));
    stages.put(
        "restorer",
        Restorer.like(deep, table)
            .setDistrusted(new int[] {1})
            .setOutputCol("restored")
            .setCodeCol("restoredCode"));
    return stages;
  }

  /** What a stage makes of rows that it was not trained on, by column; nested lists of numbers. */
  static Map<String, List<List<Double>>> outputs(Transformer stage) {
    Dataset<Row> made = stage.transform(rows(TRAINING_ROWS, 4)).drop("features", "label");
    Map<String, List<List<Double>>> outputs = new TreeMap<>();
    List<Row> rows = made.collectAsList();
    for (String column : made.columns()) {
      outputs.put(column, rows.stream().map(row -> numbers(row.getAs(column))).toList());
    }
    return outputs;
  }

  private static List<Double> numbers(Object value) {
    return value instanceof Vector vector
        ? Arrays.stream(vector.toArray()).boxed().toList()
        : List.of(((Number) value).doubleValue());
  }
}
