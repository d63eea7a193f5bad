package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.AdversarialNetwork;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.Prior;
import io.sparkae.core.objective.SamplePrior;
import io.sparkae.core.objective.StandardPrior;
import java.util.Optional;
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

  private static final String PRIOR_FOLDER = "prior";

  private final AdversarialHolders holders;
  private SamplePrior samples; // null for a distribution with a name

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

  /** The samples that the prior is known by. */
  void setSamples(SamplePrior value) {
    samples = value;
  }

  /** Draws codes from the distribution that those of the model were to have. */
  @Override
  public Dataset<Row> sampleCodes(SparkSession spark, long rows, long seed) {
    int classes = getLabelCol() == null ? 0 : getNumClasses();
    Prior prior = standardPrior().isPresent() ? standardPrior().get() : samples;
    return CodeSpace.prior(spark, prior, classes, rows, getCodeSize(), seed);
  }

  @Override
  void copyBeside(AdversarialAutoencoderModel copy) {
    copy.setSamples(samples);
  }

  @Override
  void writeBeside(SparkSession spark, String path) {
    if (standardPrior().isEmpty()) {
      PriorSamples.write(spark, samples, path + "/" + PRIOR_FOLDER);
    }
  }

  @Override
  void readBeside(SparkSession spark, String path) {
    if (standardPrior().isEmpty()) {
      try {
        samples = PriorSamples.readWritten(spark, path + "/" + PRIOR_FOLDER);
        samples.requireSize(getCodeSize());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            path + " has not the samples of its prior: " + e.getMessage(), e);
      }
    }
  }

  @Override
  Optional<String> checksumBeside() {
    return Optional.ofNullable(standardPrior().isEmpty() ? samples : null)
        .map(prior -> WeightTable.checksum(prior.samples()));
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
