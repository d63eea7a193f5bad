package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.FixedDecoder;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.train.RowProgram;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A trained variational autoencoder: makes posteriors over codes, codes drawn from them,
 * reconstructions (the mean of a row given its mean code), bounds and estimates of log p(x).
 *
 * <p>What is drawn for a row (samples of codes, and zeros and ones in place of features where they
 * are stochastic) is keyed by {@link #seed()} and by all the columns of the row: it is the same
 * wherever the row sits, and rows that are the same in every column have the same draws. A column
 * of numbers of the rows keeps equal rows apart.
 */
public final class VariationalAutoencoderModel extends CodingNetwork<VariationalAutoencoderModel>
    implements GenerativeModel,
        VariationalAutoencoderParams,
        ColumnSetters<VariationalAutoencoderModel>,
        VariationalColumnSetters<VariationalAutoencoderModel> {
  private static final long serialVersionUID = 1L;

  private final VariationalHolders holders;

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

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema);
  }

  @Override
  List<Param<String>> outputParams() {
    return List.of(
        outputCol(),
        reconstructionCol(),
        errorCol(),
        logVarianceCol(),
        codeSampleCol(),
        elboCol(),
        logLikelihoodCol());
  }

  @Override
  VariationalProgram program() {
    return VariationalProgram.of(this, network());
  }

  @Override
  boolean draws() {
    return true;
  }

  /** Features that are binarised by chance are so by one and the same draw for all rows. */
  @Override
  RowProgram.Batch openEncoder() {
    return new PosteriorProgram(network(), weights(), getSeed()).open(1);
  }

  @Override
  SearchedCoder coder() {
    VariationalNetwork network = network();
    long seed = getSeed();
    return new SearchedCoder(
        parameters -> new PosteriorProgram(network, parameters, seed),
        FixedDecoder.of(network),
        true);
  }

  @Override
  DecoderProgram.Network decoder() {
    VariationalNetwork network = network();
    return parameters -> new VariationalDecoder(network, parameters);
  }

  /** Draws codes from the prior N(0, I). */
  @Override
  public Dataset<Row> sampleCodes(SparkSession spark, long rows, long sampleSeed) {
    return CodeSpace.prior(spark, rows, getCodeSize(), sampleSeed);
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
