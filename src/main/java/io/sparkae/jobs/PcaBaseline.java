package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** Principal component analysis by MLlib: what learned codes are held against. */
final class PcaBaseline {
  private final PCAModel model;
  private final double[] mean;
  private final double[] components;

  private PcaBaseline(PCAModel model, Vector mean) {
    this.model = model;
    this.mean = mean.toArray();
    this.components = model.pc().toArray();
  }

  /** Fits the mean and the {@code width} principal components of a column of vectors. */
  static PcaBaseline fit(Dataset<Row> table, String features, String output, int width) {
    Vector mean = table.select(Summarizer.mean(col(features))).first().getAs(0);
    PCA pca = new PCA().setInputCol(features).setOutputCol(output).setK(width);
    return new PcaBaseline(pca.fit(table), mean);
  }

  /** The table with the codes Pᵀx beside it; centring would but shift them. */
  Dataset<Row> encode(Dataset<Row> table) {
    return model.transform(table);
  }

  /** The mean over rows of the squared error ‖x − m − PPᵀ(x − m)‖², summed over the features. */
  double squaredErrorPerRow(Dataset<Row> table) {
    double[] m = mean;
    double[] p = components;
    UserDefinedFunction error =
        udf((Vector row) -> squaredError(row.toArray(), m, p), DataTypes.DoubleType);
    return table.select(avg(error.apply(col(model.getInputCol())))).first().getDouble(0);
  }

  /**
   * ‖x − m‖² − ‖Pᵀ(x − m)‖², which is the squared error since the columns of P are orthonormal.
   *
   * @param components the columns of P one after another
   */
  static double squaredError(double[] row, double[] mean, double[] components) {
    int features = row.length;
    double[] centred = new double[features];
    double error = 0;
    for (int i = 0; i < features; i++) {
      centred[i] = row[i] - mean[i];
      error += centred[i] * centred[i];
    }
    for (int start = 0; start < components.length; start += features) {
      double score = 0;
      for (int i = 0; i < features; i++) {
        score += components[start + i] * centred[i];
      }
      error -= score * score;
    }
    return error;
  }
}
