package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.AdversarialNetwork;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.StandardPrior;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A trained adversarial autoencoder: makes codes, reconstructions and errors of rows, and rows of
 * codes drawn from the distribution that its codes were to have.
 */
public final class AdversarialAutoencoderModel
    extends AutoencoderNetworkModel<AdversarialAutoencoderModel>
    implements GenerativeModel,
        AdversarialAutoencoderParams,
        ColumnSetters<AdversarialAutoencoderModel> {
  private static final long serialVersionUID = 1L;

  private final AdversarialHolders holders;

  AdversarialAutoencoderModel(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
    this.holders = new AdversarialHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public AdversarialHolders adversarialHolders() {
    return holders;
  }

  void setClasses(int value) {
    set(numClasses(), value);
  }

  private AdversarialNetwork players() {
    StandardPrior any = standardPrior().orElse(StandardPrior.GAUSSIAN);
    int classes = getLabelCol() == null ? 0 : getNumClasses();
    return new AdversarialNetwork(numFeatures(), adversarialSettings(any, classes));
  }

  @Override
  AutoencoderNetwork network() {
    return players().autoencoder();
  }

  @Override
  public ParameterLayout layout() {
    return players().layout();
  }

  @Override
  public String architecture() {
    return super.architecture() + ", adversarial";
  }

  /**
   * Draws codes from the distribution that those of the model were to have.
   *
   * @throws IllegalArgumentException if that is known by samples, and {@link #priorSamples()} does
   *     not name them
   */
  @Override
  public Dataset<Row> sampleCodes(SparkSession spark, long rows, long seed) {
    int classes = getLabelCol() == null ? 0 : getNumClasses();
    return CodeSpace.prior(spark, knownPrior(spark), classes, rows, getCodeSize(), seed);
  }

  @Override
  TrainedModelReader.Maker<AdversarialAutoencoderModel> maker() {
    return AdversarialAutoencoderModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<AdversarialAutoencoderModel> read() {
    return new TrainedModelReader<>(
        AdversarialAutoencoderModel.class, AdversarialAutoencoderModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static AdversarialAutoencoderModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "AdversarialAutoencoderModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", codeSize="
        + getCodeSize();
  }
}
