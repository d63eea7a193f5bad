package io.sparkae.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.MaxAbsScaler;
import org.apache.spark.ml.feature.MaxAbsScalerModel;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.MinMaxScalerModel;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * A scaler of features, fitted on training rows by MLlib and kept in the folder of their table.
 *
 * <p>Dense rows: {@code unit} maps the least and the largest value of each feature to 0 and 1 (a
 * constant to 0.5), and clips new rows to that range; {@code standard} subtracts the mean and
 * divides by the standard deviation. Sparse rows keep their zeros: {@code unit} divides by the
 * largest magnitude, {@code standard} by the standard deviation alone.
 */
public final class FeatureScaler {
  /** Sub-folder of a table; Spark takes no notice of names that begin so. */
  public static final String FOLDER = "_scaler";

  private static final String SCALED = "sparkae_scaled";

  private static final UserDefinedFunction CLIP =
      functions.udf((Vector row) -> clipped(row), SQLDataTypes.VectorType());

  /** The kinds, by the names that Spark's metadata gives them: nothing else is loaded. */
  private enum Kind {
    MIN_MAX(MinMaxScalerModel.class, Scaling.UNIT, "originalMin", "originalMax") {
      @Override
      Model<?> make(String uid, List<Vector> vectors) {
        return new MinMaxScalerModel(uid, vectors.get(0), vectors.get(1));
      }
    },
    MAX_ABS(MaxAbsScalerModel.class, Scaling.UNIT, "maxAbs") {
      @Override
      Model<?> make(String uid, List<Vector> vectors) {
        return new MaxAbsScalerModel(uid, vectors.get(0));
      }
    },
    STANDARD(StandardScalerModel.class, Scaling.STANDARD, "std", "mean") {
      @Override
      Model<?> make(String uid, List<Vector> vectors) {
        return new StandardScalerModel(uid, vectors.get(0), vectors.get(1));
      }
    };

    private final Class<?> model;
    private final Scaling scaling;

    private final List<String> columns;

    Kind(Class<?> model, Scaling scaling, String... columns) {
      this.model = model;
      this.scaling = scaling;
      this.columns = List.of(columns);
    }

    /** A scaler of the vectors of {@link #columns}. */
    abstract Model<?> make(String uid, List<Vector> vectors);

    /** What Spark writes the vectors as. */
    StructType schema() {
      StructType schema = new StructType();
      for (String column : columns) {
        schema = schema.add(column, SQLDataTypes.VectorType());
      }
      return schema;
    }
  }

  private final Kind kind;
  private final Model<?> model;

  private FeatureScaler(Kind kind, Model<?> model) {
    this.kind = kind;
    this.model = model;
  }

  /**
   * Fits a scaler on a table's features.
   *
   * @param table has a column {@code features} of vectors
   * @param scaling unit or standard
   * @return the scaler, not yet saved
   * @throws IllegalArgumentException if there are no rows, or what is learned of them is not finite
   */
  public static FeatureScaler fit(Dataset<Row> table, Scaling scaling) {
    List<Row> first = table.select(FeatureTables.FEATURES).limit(1).collectAsList();
    if (first.isEmpty()) {
      throw new IllegalArgumentException("there are no rows to fit a scaler on");
    }
    boolean sparse = first.get(0).get(0) instanceof SparseVector;
    FeatureScaler fitted = fit(table, scaling, sparse);
    if (!isFinite(vectors(fitted.model))) {
      throw new IllegalArgumentException(whyNotFinite(table));
    }
    return fitted;
  }

  private static FeatureScaler fit(Dataset<Row> table, Scaling scaling, boolean sparse) {
    if (scaling == Scaling.STANDARD) {
      return new FeatureScaler(
          Kind.STANDARD,
          new StandardScaler()
              .setInputCol(FeatureTables.FEATURES)
              .setOutputCol(SCALED)
              .setWithMean(!sparse)
              .fit(table));
    }
    return sparse
        ? new FeatureScaler(
            Kind.MAX_ABS,
            new MaxAbsScaler().setInputCol(FeatureTables.FEATURES).setOutputCol(SCALED).fit(table))
        : new FeatureScaler(
            Kind.MIN_MAX,
            new MinMaxScaler().setInputCol(FeatureTables.FEATURES).setOutputCol(SCALED).fit(table));
  }

  private static String whyNotFinite(Dataset<Row> table) {
    List<Tuple2<Row, Long>> faulty =
        table
            .select(FeatureTables.FEATURES)
            .toJavaRDD()
            .zipWithIndex()
            .filter(row -> !isFinite(List.of(row._1().<Vector>getAs(0))))
            .take(1);
    if (faulty.isEmpty()) {
      return "the features are too large to be scaled: their deviation is not finite";
    }
    double[] row = faulty.get(0)._1().<Vector>getAs(0).toArray();
    int element =
        IntStream.range(0, row.length)
            .filter(i -> !Double.isFinite(row[i]))
            .findFirst()
            .orElseThrow();
    return "row "
        + faulty.get(0)._2()
        + " of those to be scaled (counted from 0) has "
        + row[element]
        + " at element "
        + element
        + ": mend it, or leave it out";
  }

  private static List<Vector> vectors(Model<?> model) {
    return model instanceof MinMaxScalerModel minMax
        ? List.of(minMax.originalMin(), minMax.originalMax())
        : model instanceof MaxAbsScalerModel maxAbs
            ? List.of(maxAbs.maxAbs())
            : List.of(((StandardScalerModel) model).mean(), ((StandardScalerModel) model).std());
  }

  private static boolean isFinite(List<Vector> vectors) {
    return vectors.stream()
        .flatMapToDouble(v -> Arrays.stream(v.toArray()))
        .allMatch(Double::isFinite);
  }

  /**
   * {@return the scaler in a table's folder, if there is one}
   *
   * @param spark the session that reads
   * @param table path of the table's folder
   * @throws IOException if the folder cannot be read
   * @throws SavedStageException if what is there is no scaler of ours
   */
  public static Optional<FeatureScaler> load(SparkSession spark, String table) throws IOException {
    Path folder = new Path(table, FOLDER);
    if (!folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(folder)) {
      return Optional.empty();
    }
    StageMetadata metadata = StageMetadata.load(spark, folder.toString());
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> known.model.getName().equals(metadata.className()))
            .findFirst()
            .orElseThrow(
                () ->
                    new SavedStageException(
                        folder.toString(), "holds a " + metadata.simpleName() + ", no scaler"));
    return Optional.of(new FeatureScaler(kind, load(spark, kind, metadata, folder.toString())));
  }

  /** Not by Spark's own reader, which loads the classes that the vectors' file names. */
  private static Model<?> load(
      SparkSession spark, Kind kind, StageMetadata metadata, String folder) {
    List<Row> rows;
    try {
      rows = spark.read().schema(kind.schema()).parquet(folder + "/data").takeAsList(2);
    } catch (Exception e) { // Scala declares none of what it throws
      throw new SavedStageException(folder, "holds a scaler that cannot be read", e);
    }
    if (rows.size() != 1 || rows.get(0).anyNull()) {
      throw new SavedStageException(folder, "holds a scaler without its numbers");
    }
    List<Vector> vectors =
        IntStream.range(0, kind.columns.size()).mapToObj(rows.get(0)::<Vector>getAs).toList();
    boolean sameSize = vectors.stream().allMatch(v -> v.size() == vectors.get(0).size());
    if (!sameSize || !isFinite(vectors)) {
      throw new SavedStageException(folder, "holds a scaler whose numbers do not fit together");
    }
    Model<?> model = kind.make(metadata.uid(), vectors);
    metadata.setParams(model);
    return model;
  }

  /**
   * {@return what to multiply differences of a table's scaled features with to have them in the
   * units before scaling; empty if they were not scaled}
   *
   * @param spark the session that reads
   * @param table path of the table's folder
   * @param schema of the table
   * @throws IOException if the folder cannot be read
   */
  public static Optional<double[]> originalUnits(
      SparkSession spark, String table, StructType schema) throws IOException {
    Optional<FeatureScaler> scaler = load(spark, table);
    if (scaler.isPresent()) {
      return Optional.of(scaler.get().factors());
    }
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(FeatureTables.FEATURES))
        .findFirst()
        .filter(field -> FeatureProvenance.of(field).filter(FeatureScaler::wereBytes).isPresent())
        .map(field -> AttributeGroup.fromStructField(field).size())
        .filter(width -> width > 0)
        .map(
            width -> {
              double[] factors = new double[width];
              Arrays.fill(factors, IdxSource.LARGEST_BYTE);
              return factors;
            });
  }

  private static boolean wereBytes(FeatureProvenance provenance) {
    return provenance.scaling() == Scaling.UNIT
        && List.of(IdxSource.FORMAT, ImageSource.FORMAT).contains(provenance.format());
  }

  /**
   * Saves the scaler into the folder of a table.
   *
   * @param table path of the table's folder
   * @throws IOException if the folder cannot be written
   */
  public void save(String table) throws IOException {
    ((MLWritable) model).write().save(new Path(table, FOLDER).toString());
  }

  /** {@return features of a row} */
  public int width() {
    return factors().length;
  }

  /**
   * {@return what to multiply a difference of scaled values with to have it in the original units}
   */
  public double[] factors() {
    if (model instanceof MinMaxScalerModel minMax) {
      double[] factors = minMax.originalMax().toArray();
      double[] least = minMax.originalMin().toArray();
      for (int i = 0; i < factors.length; i++) {
        factors[i] -= least[i];
      }
      return factors;
    }
    return model instanceof MaxAbsScalerModel maxAbs
        ? maxAbs.maxAbs().toArray()
        : ((StandardScalerModel) model).std().toArray();
  }

  /**
   * {@return the table with its features scaled, and their metadata saying so}
   *
   * @param table has a column {@code features} of vectors of {@link #width()}
   */
  public Dataset<Row> apply(Dataset<Row> table) {
    Dataset<Row> scaled = model.transform(table);
    if (kind == Kind.MIN_MAX) {
      scaled = scaled.withColumn(SCALED, CLIP.apply(scaled.col(SCALED)));
    }
    Metadata metadata = table.schema().apply(FeatureTables.FEATURES).metadata();
    return scaled
        .withColumn(FeatureTables.FEATURES, scaled.col(SCALED))
        .drop(SCALED)
        .withMetadata(
            FeatureTables.FEATURES,
            FeatureProvenance.of(table.schema().apply(FeatureTables.FEATURES))
                .map(from -> from.scaled(kind.scaling).addTo(metadata))
                .orElse(metadata));
  }

  private static Vector clipped(Vector row) {
    double[] values = row.toArray().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(1, Math.max(0, values[i]));
    }
    return Vectors.dense(values);
  }
}
