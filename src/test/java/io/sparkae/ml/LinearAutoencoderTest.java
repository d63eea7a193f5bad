package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.spark.Tables;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A linear autoencoder spans the subspace of the first principal components. */
class LinearAutoencoderTest {
  private static final int WIDTH = 8;
  private static final int CODE = 3;
  private static final int ROWS = 600;

  /** Rows with deviations 4, 2.8, 2, 1.4… along axes that are turned at random. */
  private static float[][] rows() {
    Random random = Seed.random("separated eigenvalues");
    RealMatrix axes = new QRDecomposition(gaussian(random, WIDTH, WIDTH)).getQ();
    RealMatrix factors = gaussian(random, ROWS, WIDTH);
    for (int j = 0; j < WIDTH; j++) {
      factors.setColumnVector(j, factors.getColumnVector(j).mapMultiply(Math.pow(2, 2 - j / 2.0)));
    }
    double[][] turned = factors.multiply(axes).getData();
    float[][] rows = new float[ROWS][WIDTH];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        rows[i][j] = (float) turned[i][j] + 1; // means that the biases are to learn
      }
    }
    return rows;
  }

  private static RealMatrix gaussian(Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return new Array2DRowRealMatrix(values);
  }

  /** The largest angle between two subspaces in degrees, each the span of a matrix' columns. */
  private static double largestAngle(RealMatrix a, RealMatrix b) {
    double[] cosines =
        new SingularValueDecomposition(orthonormal(a).transpose().multiply(orthonormal(b)))
            .getSingularValues();
    return Math.toDegrees(Math.acos(Math.min(1, cosines[cosines.length - 1])));
  }

  private static RealMatrix orthonormal(RealMatrix a) {
    return new QRDecomposition(a)
        .getQ()
        .getSubMatrix(0, a.getRowDimension() - 1, 0, a.getColumnDimension() - 1);
  }

  /** The decoder's weights, code × features, as columns of features. */
  private static RealMatrix decoder(AutoencoderModel model) {
    ParameterSlice slice = model.layout().slice("decoder.0.weight");
    double[][] columns = new double[WIDTH][CODE];
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j < CODE; j++) {
        columns[i][j] = model.parameters()[slice.offset() + j * WIDTH + i];
      }
    }
    return new Array2DRowRealMatrix(columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lbfgs", "conjugateGradient"})
  void spansThePrincipalComponents(String optimizer) {
    Dataset<Row> table = Tables.vectors(rows(), 2);
    AutoencoderModel model =
        new Autoencoder()
            .setHiddenLayers(new int[0])
            .setCodeSize(CODE)
            .setCodeActivation("linear")
            .setOutputActivation("linear")
            .setLoss("squaredError")
            .setOptimizer(optimizer)
            .setMaxIter(400)
            .setTol(1e-9)
            .setSeed(1)
            .fit(table);
    DenseMatrix components =
        new PCA().setInputCol("features").setOutputCol("pca").setK(CODE).fit(table).pc();
    double[][] columns = new double[WIDTH][CODE];
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j < CODE; j++) {
        columns[i][j] = components.apply(i, j);
      }
    }
    double angle = largestAngle(decoder(model), new Array2DRowRealMatrix(columns));
    assertThat(angle).isLessThan(1);
    Random random = Seed.random("another subspace");
    assertThat(largestAngle(decoder(model), gaussian(random, WIDTH, CODE)))
        .as("to any other subspace")
        .isGreaterThan(10);
  }
}
