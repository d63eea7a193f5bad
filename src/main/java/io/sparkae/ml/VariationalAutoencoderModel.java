package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalRunner;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained variational autoencoder: makes posteriors over codes, codes drawn from them,
 * reconstructions (the mean of a row given its mean code), bounds and estimates of log p(x).
 *
 * <p>What is drawn for a row (samples of codes, and zeros and ones in place of features where they
 * are stochastic) is keyed by {@link #seed()} and by all the columns of the row: it is the same
 * wherever the row sits, and rows that are the same in every column have the same draws. A column
 * of numbers of the rows keeps equal rows apart.
 */
public final class VariationalAutoencoderModel extends TrainedNetwork<VariationalAutoencoderModel>
    implements CodeModel,
        VariationalAutoencoderParams,
        ColumnSetters<VariationalAutoencoderModel>,
        VariationalColumnSetters<VariationalAutoencoderModel> {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(VariationalAutoencoderModel.class);

  private final VariationalHolders holders;
  private transient VariationalRunner single;
  private transient VariationalRunner singleDecoder;

  VariationalAutoencoderModel(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
    this.holders = new VariationalHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public VariationalHolders holders() {
    return holders;
  }

  @Override
  public String architecture() {
    IntStream encoder =
        IntStream.concat(IntStream.of(numFeatures()), Arrays.stream(getHiddenLayers()));
    IntStream decoder =
        IntStream.concat(Arrays.stream(getDecoderLayers()), IntStream.of(numFeatures()));
    return widths(IntStream.concat(encoder, IntStream.of(getCodeSize())))
        + " and "
        + widths(decoder)
        + ", variational";
  }

  private static String widths(IntStream widths) {
    return widths.mapToObj(String::valueOf).collect(Collectors.joining("-"));
  }

  @Override
  public int getCodeSize() {
    return VariationalAutoencoderParams.super.getCodeSize();
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
  }

  private VariationalNetwork network() {
    return new VariationalNetwork(numFeatures(), variationalSettings());
  }

  /**
   * The dataset with the named output columns; rows that are invalid stop the run or are dropped,
   * as {@link #handleInvalid()} says.
   *
   * @throws IllegalArgumentException if the schema makes no sense, or the features are of another
   *     width than those of the training, as far as metadata or, where rows are to be skipped, the
   *     first rows tell
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    HandleInvalid handling = HandleInvalid.of(getHandleInvalid());
    if (handling == HandleInvalid.SKIP) {
      Features.checkRowWidths(dataset, this, numFeatures()); // it would skip them all
    }
    if (schema.size() == dataset.schema().size()) {
      LOG.warn(
          "{} makes no column: name outputCol, reconstructionCol, errorCol, logVarianceCol,"
              + " codeSampleCol, elboCol or logLikelihoodCol",
          uid());
      return dataset.toDF();
    }
    InputColumn column =
        InputColumn.of(
            Features.columns(this), ColumnSpec.dense(ColumnSpec.FEATURES, numFeatures()));
    Dataset<Row> keyed = RowKey.add(dataset);
    return RowKey.drop(
        BatchedRows.append(
            keyed,
            OutputSchema.of(this, keyed.schema()),
            column,
            handling,
            VariationalProgram.of(this, network()),
            weights(),
            Optional.of(RowKey.COLUMN)));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType result = OutputSchema.of(this, schema);
    Features.checkWidth(schema, this, numFeatures());
    return result;
  }

  /**
   * {@return the code of one row, the mean of its posterior; features that are binarised by chance
   * are so by one and the same draw for all rows}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  @Override
  public synchronized Vector encode(Vector features) {
    if (single == null) {
      single = VariationalRunner.posterior(network(), weights(), 1, getSeed());
    }
    run(single, features, numFeatures(), "features");
    return vector(single.posteriors(), getCodeSize());
  }

  /**
   * {@return the mean of the row that a code leads to}
   *
   * @param code one code
   * @throws IllegalArgumentException if the code has another width
   */
  @Override
  public synchronized Vector decode(Vector code) {
    if (singleDecoder == null) {
      singleDecoder = VariationalRunner.decoder(network(), weights(), 1);
    }
    run(singleDecoder, code, getCodeSize(), "code");
    return vector(singleDecoder.means(), numFeatures());
  }

  @Override
  public Dataset<Row> decode(Dataset<?> codes, String codeCol, String outputCol) {
    VariationalNetwork network = network();
    return DecoderProgram.append(
        codes,
        codeCol,
        outputCol,
        getCodeSize(),
        parameters -> new VariationalDecoder(network, parameters),
        weights());
  }

  /**
   * Draws codes from the prior N(0, I), and the mean rows that they lead to.
   *
   * @param spark where the rows are made
   * @param rows how many
   * @param sampleSeed of the draws: a row is the same in any number of partitions
   * @return {@code id} (0, 1, 2…), {@code code} and {@code features}, computed when it is used
   */
  public Dataset<Row> sample(SparkSession spark, long rows, long sampleSeed) {
    return decode(CodeSpace.prior(spark, rows, getCodeSize(), sampleSeed), "code", "features");
  }

  private static void run(VariationalRunner runner, Vector row, int width, String name) {
    Check.that(row.size() == width, "the size of " + name, String.valueOf(width), row.size());
    Minibatch minibatch = runner.minibatch();
    float[] values = minibatch.column(0).values();
    double[] source = row.toArray();
    for (int i = 0; i < width; i++) {
      values[i] = (float) source[i];
    }
    minibatch.setRows(1);
    runner.run(0);
  }

  private static Vector vector(float[] values, int width) {
    return Vectors.dense(AutoencoderProgram.toDoubles(values, 0, width));
  }

  /**
   * Sets {@link #seed()}, of the draws; at first it is that of the training.
   *
   * @param value any number
   * @return this
   */
  public VariationalAutoencoderModel setSeed(long value) {
    return Setting.apply(this, seed(), value);
  }

  @Override
  TrainedModelReader.Maker<VariationalAutoencoderModel> maker() {
    return VariationalAutoencoderModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<VariationalAutoencoderModel> read() {
    return new TrainedModelReader<>(
        VariationalAutoencoderModel.class, VariationalAutoencoderModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static VariationalAutoencoderModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "VariationalAutoencoderModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", codeSize="
        + getCodeSize();
  }
}
