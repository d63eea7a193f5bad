package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.objective.GenerativeNetwork;
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
 * A trained generative adversarial network: makes rows of codes, and tells of rows how probable its
 * discriminator thinks it that they are of the data.
 */
public final class GenerativeAdversarialNetworkModel
    extends DecodingNetwork<GenerativeAdversarialNetworkModel>
    implements GenerativeModel,
        GenerativeAdversarialNetworkParams,
        InputSetters<GenerativeAdversarialNetworkModel> {
  private static final long serialVersionUID = 1L;

  private final GenerativeHolders holders;

  GenerativeAdversarialNetworkModel(
      String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
    this.holders = new GenerativeHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public GenerativeHolders holders() {
    return holders;
  }

  /**
   * Sets {@link #discriminatorCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  public GenerativeAdversarialNetworkModel setDiscriminatorCol(String value) {
    return Setting.apply(this, discriminatorCol(), value);
  }

  @Override
  public String architecture() {
    return widths(getCodeSize(), getGeneratorLayers(), numFeatures())
        + " against "
        + widths(numFeatures(), getDiscriminatorLayers(), 1);
  }

  private static String widths(int from, int[] between, int to) {
    return IntStream.concat(
            IntStream.concat(IntStream.of(from), Arrays.stream(between)), IntStream.of(to))
        .mapToObj(String::valueOf)
        .collect(Collectors.joining("-"));
  }

  @Override
  public int getCodeSize() {
    return GenerativeAdversarialNetworkParams.super.getCodeSize();
  }

  private GenerativeNetwork network() {
    return new GenerativeNetwork(numFeatures(), generativeSettings());
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
  }

  /** Those of the discriminator. */
  @Override
  public ParameterSlice firstWeights() {
    return layout().slice("discriminator.0.weight");
  }

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema);
  }

  @Override
  List<Param<String>> outputParams() {
    return List.of(discriminatorCol());
  }

  @Override
  DiscriminatorProgram program() {
    return new DiscriminatorProgram(network());
  }

  @Override
  DecoderProgram.Network decoder() {
    GenerativeNetwork network = network();
    return parameters -> new GeneratorProgram(network, parameters);
  }

  /** Draws codes from N(0, I). */
  @Override
  public Dataset<Row> sampleCodes(SparkSession spark, long rows, long seed) {
    return CodeSpace.prior(spark, rows, getCodeSize(), seed);
  }

  @Override
  TrainedModelReader.Maker<GenerativeAdversarialNetworkModel> maker() {
    return GenerativeAdversarialNetworkModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<GenerativeAdversarialNetworkModel> read() {
    return new TrainedModelReader<>(
        GenerativeAdversarialNetworkModel.class, GenerativeAdversarialNetworkModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static GenerativeAdversarialNetworkModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "GenerativeAdversarialNetworkModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", codeSize="
        + getCodeSize();
  }
}
