package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.Prior;
import io.sparkae.core.objective.StandardPrior;
import io.sparkae.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Codes between, beyond and beside those of rows: what a decoder makes of them is new. */
public final class CodeSpace {
  private CodeSpace() {}

  /**
   * {@return codes drawn from N(0, I)}: {@code id} (0, 1, 2…) and {@code code}, the same in any
   * number of partitions
   *
   * @param spark where they are made
   * @param rows how many
   * @param codeSize numbers of a code
   * @param seed of the draws
   */
  public static Dataset<Row> prior(SparkSession spark, long rows, int codeSize, long seed) {
    return prior(spark, StandardPrior.GAUSSIAN, 0, rows, codeSize, seed);
  }

  /**
   * {@return codes drawn from a distribution}: {@code id} (0, 1, 2…) and {@code code}, the same in
   * any number of partitions
   *
   * @param spark where they are made
   * @param prior the distribution
   * @param classes parts that it has, as likely each; 0 for its own
   * @param rows how many
   * @param codeSize numbers of a code
   * @param seed of the draws
   * @throws IllegalArgumentException if the distribution is not of codes of that size
   */
  public static Dataset<Row> prior(
      SparkSession spark, Prior prior, int classes, long rows, int codeSize, long seed) {
    prior.requireSize(codeSize);
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add(new AttributeGroup("code", codeSize).toStructField());
    return spark
        .range(rows)
        .mapPartitions(
            (MapPartitionsFunction<Long, Row>)
                ids -> new Draws(ids, prior, classes, codeSize, seed),
            Encoders.row(schema))
        .to(schema); // the encoder keeps no metadata
  }

  /**
   * {@return codes drawn from the normal distribution with the means and covariances of others}:
   * {@code id} (0, 1, 2…) and {@code code}, the same in any number of partitions
   *
   * @param codes has a column of vectors, at least 2 rows
   * @param codeCol its name
   * @param rows how many to draw
   * @param seed of the draws
   */
  public static Dataset<Row> normalLike(Dataset<Row> codes, String codeCol, long rows, long seed) {
    RowMatrix matrix =
        new RowMatrix(
            codes
                .select(codeCol)
                .toJavaRDD()
                .map(row -> org.apache.spark.mllib.linalg.Vectors.fromML(row.<Vector>getAs(0)))
                .rdd());
    double[] means = matrix.computeColumnSummaryStatistics().mean().toArray();
    int size = means.length;
    double[][] covariance = new double[size][size];
    org.apache.spark.mllib.linalg.Matrix computed = matrix.computeCovariance();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        covariance[i][j] = (computed.apply(i, j) + computed.apply(j, i)) / 2;
      }
    }
    EigenDecomposition axes = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    double[][] root = axes.getV().getData();
    double[] variances = axes.getRealEigenvalues();
    for (double[] row : root) {
      for (int j = 0; j < size; j++) {
        row[j] *= Math.sqrt(Math.max(0, variances[j]));
      }
    }
    UserDefinedFunction turned =
        functions.udf((Vector z) -> affine(root, z, means), SQLDataTypes.VectorType());
    Dataset<Row> drawn = prior(codes.sparkSession(), rows, size, seed);
    return drawn.withColumn("code", turned.apply(drawn.col("code")));
  }

  private static Vector affine(double[][] matrix, Vector z, double[] offset) {
    double[] values = offset.clone();
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < z.size(); j++) {
        values[i] += matrix[i][j] * z.apply(j);
      }
    }
    return Vectors.dense(values);
  }

  private static final class Draws implements Iterator<Row> {
    private final Iterator<Long> ids;
    private final Prior prior;
    private final int classes;
    private final RandomStreams random;
    private final float[] code;

    Draws(Iterator<Long> ids, Prior prior, int classes, int codeSize, long seed) {
      this.ids = ids;
      this.prior = prior;
      this.classes = classes;
      this.random = new RandomStreams(seed);
      this.code = new float[codeSize];
    }

    @Override
    public boolean hasNext() {
      return ids.hasNext();
    }

    @Override
    public Row next() {
      long id = ids.next();
      prior.draw(random, 0, id, Prior.UNKNOWN, classes, code, 0, code.length);
      return RowFactory.create(
          id, Vectors.dense(AutoencoderProgram.toDoubles(code, 0, code.length)));
    }
  }

  /**
   * {@return codes on the line between two, both ends among them}
   *
   * @param from where it begins
   * @param to where it ends
   * @param steps codes, at least 2
   */
  public static List<Vector> line(Vector from, Vector to, int steps) {
    checkSteps(steps);
    List<Vector> codes = new ArrayList<>(steps);
    for (int i = 0; i < steps; i++) {
      double t = (double) i / (steps - 1);
      codes.add(sum(1 - t, from, t, to));
    }
    return codes;
  }

  /**
   * {@return codes on the arc between two, both ends among them: sin((1 − t)θ)/sin θ·from + sin
   * tθ/sin θ·to, θ the angle between them, which keeps to the lengths that a normal prior has; the
   * line where they point the same way or opposite ones} Source: Shoemake 1985; White 2016.
   *
   * @param from where it begins
   * @param to where it ends
   * @param steps codes, at least 2
   */
  public static List<Vector> arc(Vector from, Vector to, int steps) {
    checkSteps(steps);
    double norms = Vectors.norm(from, 2) * Vectors.norm(to, 2);
    double cosine = norms == 0 ? 1 : Math.max(-1, Math.min(1, from.dot(to) / norms));
    double angle = Math.acos(cosine);
    if (Math.sin(angle) < 1e-6) {
      return line(from, to, steps);
    }
    List<Vector> codes = new ArrayList<>(steps);
    for (int i = 0; i < steps; i++) {
      double t = (double) i / (steps - 1);
      codes.add(
          sum(
              Math.sin((1 - t) * angle) / Math.sin(angle),
              from,
              Math.sin(t * angle) / Math.sin(angle),
              to));
    }
    return codes;
  }

  private static void checkSteps(int steps) {
    Check.that(steps >= 2, "steps", "a whole number of at least 2", steps);
  }

  /**
   * {@return a − b + c: c with what makes a differ from b}
   *
   * @param a a code
   * @param b another
   * @param c a third
   */
  public static Vector analogy(Vector a, Vector b, Vector c) {
    return sum(1, sum(1, a, -1, b), 1, c);
  }

  /**
   * {@return the code in the middle of two}
   *
   * @param a a code
   * @param b another
   */
  public static Vector mean(Vector a, Vector b) {
    return sum(0.5, a, 0.5, b);
  }

  /**
   * {@return a grid of codes of two numbers, side × side, the first rows at the top: quantiles of
   * the normal distribution, so that all cells are as likely} Source: Kingma and Welling 2013,
   * figure 4.
   *
   * @param side codes from left to right, and from top to bottom, at least 1
   */
  public static List<Vector> grid(int side) {
    Check.that(side >= 1, "side", "a whole number of at least 1", side);
    NormalDistribution normal = new NormalDistribution();
    List<Vector> codes = new ArrayList<>(side * side);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        codes.add(
            Vectors.dense(
                normal.inverseCumulativeProbability((column + 0.5) / side),
                normal.inverseCumulativeProbability(1 - (row + 0.5) / side)));
      }
    }
    return codes;
  }

  private static Vector sum(double p, Vector a, double q, Vector b) {
    Check.that(a.size() == b.size(), "the size of a code", String.valueOf(a.size()), b.size());
    double[] values = new double[a.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = p * a.apply(i) + q * b.apply(i);
    }
    return Vectors.dense(values);
  }
}
