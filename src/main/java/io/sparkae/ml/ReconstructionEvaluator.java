package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.JobDescription;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * How far reconstructions are from the features; smaller is better.
 *
 * <p>{@code squaredError} is the mean over rows of the sum over features of (x̂ − x)², {@code
 * meanSquaredError} its mean over features as well, {@code rootMeanSquaredError} the root of that.
 */
public final class ReconstructionEvaluator extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final String SQUARED_ERROR = "squaredError";
  private static final String MEAN_SQUARED_ERROR = "meanSquaredError";
  private static final String ROOT_MEAN_SQUARED_ERROR = "rootMeanSquaredError";

  private final String uid;
  private final Param<String> metricName;
  private final Param<String> featuresCol;
  private final StringArrayParam inputCols;
  private final Param<String> reconstructionCol;

  /** With a random uid. */
  public ReconstructionEvaluator() {
    this(Identifiable.randomUID("reconstructionEvaluator"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public ReconstructionEvaluator(String uid) {
    this.uid = uid;
    ParamFactory make = new ParamFactory(this);
    metricName =
        make.choice(
            "metricName",
            "what is measured",
            SQUARED_ERROR,
            MEAN_SQUARED_ERROR,
            ROOT_MEAN_SQUARED_ERROR);
    featuresCol = make.column("featuresCol", "column of the features");
    inputCols = make.columns("inputCols", "columns of numbers, instead of featuresCol");
    reconstructionCol = make.column("reconstructionCol", "column of the reconstructions");
    setDefault(metricName, SQUARED_ERROR);
    setDefault(featuresCol, "features");
    setDefault(reconstructionCol, "reconstruction");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return what is measured; default {@code squaredError}} */
  public Param<String> metricName() {
    return metricName;
  }

  /** {@return column of the features; default {@code features}} */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** {@return columns of numbers that are the features instead of a column; none by default} */
  public StringArrayParam inputCols() {
    return inputCols;
  }

  /** {@return column of the reconstructions; default {@code reconstruction}} */
  public Param<String> reconstructionCol() {
    return reconstructionCol;
  }

  /**
   * Sets {@link #metricName()}.
   *
   * @param value name of a measure
   * @return this
   */
  public ReconstructionEvaluator setMetricName(String value) {
    set(metricName, value);
    return this;
  }

  /**
   * Sets {@link #featuresCol()}.
   *
   * @param value name of a column of vectors or arrays
   * @return this
   */
  public ReconstructionEvaluator setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  /**
   * Sets {@link #inputCols()}.
   *
   * @param value names of columns of numbers
   * @return this
   */
  public ReconstructionEvaluator setInputCols(String[] value) {
    set(inputCols, value);
    return this;
  }

  /**
   * Sets {@link #reconstructionCol()}.
   *
   * @param value name of a column
   * @return this
   */
  public ReconstructionEvaluator setReconstructionCol(String value) {
    set(reconstructionCol, value);
    return this;
  }

  @Override
  public boolean isLargerBetter() {
    return false;
  }

  /**
   * Measures.
   *
   * @return the metric; NaN if there are no rows
   * @throws IllegalArgumentException if a column is missing or of another type; by way of Spark, if
   *     a row's features and reconstruction differ in width
   */
  @Override
  public double evaluate(Dataset<?> dataset) {
    Column features = features(dataset);
    Column reconstruction = column(dataset, "reconstructionCol", getOrDefault(reconstructionCol));
    Column error =
        functions
            .udf(
                (UDF2<Object, Vector, Double>) ReconstructionEvaluator::squaredError,
                DataTypes.DoubleType)
            .apply(features, reconstruction);
    Column width =
        functions.udf((Vector x) -> x.size(), DataTypes.IntegerType).apply(reconstruction);
    Dataset<Row> averages =
        dataset.select(error.as("e"), width.as("w")).agg(functions.avg("e"), functions.avg("w"));
    Row sums =
        JobDescription.during(
            dataset.sparkSession().sparkContext(),
            "sparkae: measuring " + getOrDefault(metricName),
            averages::first);
    if (sums.isNullAt(0)) {
      return Double.NaN;
    }
    double squared = sums.getDouble(0);
    return switch (getOrDefault(metricName)) {
      case MEAN_SQUARED_ERROR -> squared / sums.getDouble(1);
      case ROOT_MEAN_SQUARED_ERROR -> Math.sqrt(squared / sums.getDouble(1));
      default -> squared;
    };
  }

  private Column features(Dataset<?> dataset) {
    if (!isDefined(inputCols)) {
      return column(dataset, "featuresCol", getOrDefault(featuresCol));
    }
    Features.checkOneIsSet(this, featuresCol, inputCols);
    Features.checkNumbers(dataset.schema(), getOrDefault(inputCols));
    return InputColumn.numbers(List.of(getOrDefault(inputCols)));
  }

  private static Column column(Dataset<?> dataset, String param, String name) {
    if (!Arrays.asList(dataset.columns()).contains(name)) {
      throw new IllegalArgumentException(
          param
              + " "
              + name
              + " is not among the columns "
              + String.join(", ", dataset.columns())
              + (param.equals("reconstructionCol")
                  ? ": the Autoencoder (or AutoencoderModel) makes it by setReconstructionCol(\""
                      + name
                      + "\")"
                  : ""));
    }
    return InputColumn.named(name);
  }

  private static double squaredError(Object features, Vector reconstruction) {
    int width =
        features instanceof Vector vector
            ? vector.size()
            : ((scala.collection.Seq<?>) features).length();
    Check.that(
        width == reconstruction.size(),
        "the size of features",
        reconstruction.size() + ", as the reconstruction's",
        width);
    double sum = 0;
    for (int i = 0; i < width; i++) {
      double x =
          features instanceof Vector vector
              ? vector.apply(i)
              : ((Number) ((scala.collection.Seq<?>) features).apply(i)).doubleValue();
      double difference = x - reconstruction.apply(i);
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public ReconstructionEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<ReconstructionEvaluator> read() {
    return new StageReader<>(ReconstructionEvaluator.class, ReconstructionEvaluator::new);
  }

  /**
   * Reads an evaluator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static ReconstructionEvaluator load(String path) {
    return read().load(path);
  }
}
