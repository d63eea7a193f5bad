package io.sparkae.ml;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of two and of three classes, and classifiers of them. */
final class Clusters {
  static final int WIDTH = 6;
  static final Dataset<Row> THREE = clusters(3, 240);
  static final Dataset<Row> TWO = clusters(2, 160);

  private Clusters() {}

  /** Clouds around points of the unit cube, one for each class, that overlap a little. */
  private static Dataset<Row> clusters(int classes, int rows) {
    Random random = new Random(4);
    double[][] centres = new double[classes][];
    for (int k = 0; k < classes; k++) {
      centres[k] = random.doubles(WIDTH).toArray();
    }
    List<Row> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int k = random.nextInt(classes);
      float[] features = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        double value = centres[k][i] + 0.25 * random.nextGaussian();
        features[i] = (float) Math.max(0, Math.min(1, value));
      }
      table.add(RowFactory.create(Tables.vector(features), (double) k));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType(), false)
            .add("label", DataTypes.DoubleType, false);
    return LocalSpark.session().createDataFrame(table, schema);
  }

  /** An encoder of three classes, trained for a moment. */
  static AutoencoderModel encoder() {
    return Easy.autoencoder().setCodeActivation("sigmoid").setEpochs(20).fit(THREE);
  }

  /** Head and encoder trained on top of it, so long that they err little. */
  static EncoderClassifier classifier(AutoencoderModel encoder) {
    return new EncoderClassifier()
        .setEncoderModel(encoder)
        .setHeadEpochs(3)
        .setHeadStepSize(0.05)
        .setEpochs(30)
        .setStepSize(0.01)
        .setBatchSize(16)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5);
  }

  /** The head alone. */
  static EncoderClassifier headAlone(AutoencoderModel encoder) {
    EncoderClassifier whole = classifier(encoder);
    whole.clear(whole.epochs()).clear(whole.stepSize());
    return whole.setFineTune(false);
  }

  /** Part of the rows that are classified wrongly. */
  static double errors(EncoderClassifierModel model, Dataset<Row> table) {
    return 1
        - new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(table));
  }
}
