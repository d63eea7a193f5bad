package io.sparkae.spark;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.BlockBuilder;
import io.sparkae.data.LocalSpark;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Small data sets, the same in every JVM, as rows of floats, as tables and as blocks. */
public final class Tables {
  private static final int FACTORS = 3;

  private Tables() {}

  /** Rows of values in [0, 1] that three hidden factors explain. */
  public static float[][] lowRank(long seed, int rows, int width) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] loadings = new double[FACTORS][width];
    for (double[] loading : loadings) {
      Arrays.setAll(loading, i -> 2 * random.nextDouble() - 1);
    }
    float[][] table = new float[rows][width];
    for (float[] row : table) {
      double[] factors = random.doubles(FACTORS).map(u -> 2 * u - 1).toArray();
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int k = 0; k < FACTORS; k++) {
          sum += factors[k] * loadings[k][i];
        }
        row[i] = (float) (0.5 + 0.5 * sum / FACTORS);
      }
    }
    return table;
  }

  /** Lines of three such values, a to c, and of a kind, which is x. */
  public static String csv(long seed, int rows) {
    StringBuilder csv = new StringBuilder("a,b,c,kind\n");
    for (float[] row : lowRank(seed, rows, 3)) {
      csv.append(row[0]).append(',').append(row[1]).append(',').append(row[2]).append(",x\n");
    }
    return csv.toString();
  }

  /** Rows of which about that part is not 0. */
  public static float[][] sparse(long seed, int rows, int width, double density) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] table = new float[rows][width];
    for (float[] row : table) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextDouble() < density ? (float) random.nextDouble() : 0f;
      }
    }
    return table;
  }

  /** The row as doubles. */
  public static double[] doubles(float[] row) {
    double[] values = new double[row.length];
    Arrays.setAll(values, i -> row[i]);
    return values;
  }

  /** The row as a dense vector. */
  public static Vector vector(float[] row) {
    return Vectors.dense(doubles(row));
  }

  /** A table of dense vectors in the column {@code features}. */
  public static Dataset<Row> vectors(float[][] rows, int partitions) {
    return vectors(LocalSpark.session(), rows, partitions);
  }

  /** The same in a session of one's own. */
  public static Dataset<Row> vectors(SparkSession spark, float[][] rows, int partitions) {
    List<Row> list = Arrays.stream(rows).map(row -> RowFactory.create(vector(row))).toList();
    return table(spark, list, schema("features", SQLDataTypes.VectorType()), partitions);
  }

  /** A table of one column whose values are made from the rows. */
  public static Dataset<Row> column(
      String name, DataType type, float[][] rows, int partitions, Function<float[], Object> value) {
    List<Row> list = Arrays.stream(rows).map(row -> row(value.apply(row))).toList();
    return table(LocalSpark.session(), list, schema(name, type), partitions);
  }

  /** A table of one column of such values. */
  public static Dataset<Row> values(String name, DataType type, List<?> values, int partitions) {
    List<Row> list = values.stream().map(Tables::row).toList();
    return table(LocalSpark.session(), list, schema(name, type), partitions);
  }

  /** Spark takes arrays in rows, and no lists. */
  private static Row row(Object value) {
    Object cell = value instanceof List<?> list ? list.toArray() : value;
    return RowFactory.create(new Object[] {cell});
  }

  /** A schema of one column. */
  public static StructType schema(String name, DataType type) {
    return new StructType().add(name, type);
  }

  /** A table of exactly so many partitions, the rows in order. */
  public static Dataset<Row> table(
      SparkSession spark, List<Row> rows, StructType schema, int partitions) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows, partitions), schema);
  }

  /** All rows as one block that begins at row 0. */
  public static Block block(float[][] rows, boolean sparse) {
    BlockBuilder builder =
        new BlockBuilder(List.of(new ColumnSpec(ColumnSpec.FEATURES, rows[0].length, sparse)));
    for (float[] row : rows) {
      if (sparse) {
        var nonZeros = vector(row).toSparse();
        builder.addSparse(0, nonZeros.indices(), nonZeros.values());
      } else {
        System.arraycopy(row, 0, builder.denseTarget(0), builder.denseOffset(0), row.length);
      }
      builder.endRow();
    }
    return builder.build();
  }
}
