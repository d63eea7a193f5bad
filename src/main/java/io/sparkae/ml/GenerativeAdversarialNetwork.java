package io.sparkae.ml;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.GenerativeNetwork;
import io.sparkae.core.objective.GenerativeObjective;
import io.sparkae.spark.InputColumn;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Learns to make rows like those of the data: a generator makes them of codes from N(0, I), a
 * discriminator learns to tell them from the data's, and the generator to deceive it. Their losses
 * are a balance, not a quality: neither tells when to stop. Source: Goodfellow et al. 2014.
 */
public final class GenerativeAdversarialNetwork
    extends NetworkEstimator<GenerativeAdversarialNetwork, GenerativeAdversarialNetworkModel>
    implements GenerativeAdversarialNetworkParams,
        InputSetters<GenerativeAdversarialNetwork>,
        GenerativeSetters<GenerativeAdversarialNetwork>,
        GameSetters<GenerativeAdversarialNetwork>,
        TrainingSetters<GenerativeAdversarialNetwork> {
  private static final long serialVersionUID = 1L;

  private final GenerativeHolders holders;

  /** With a random uid. */
  public GenerativeAdversarialNetwork() {
    this(Identifiable.randomUID("generativeAdversarialNetwork"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public GenerativeAdversarialNetwork(String uid) {
    super(uid);
    this.holders = new GenerativeHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public GenerativeHolders holders() {
    return holders;
  }

  @Override
  GenerativeObjective objective(int width, boolean sparse) {
    return new GenerativeObjective(new GenerativeNetwork(width, generativeSettings()), sparse);
  }

  @Override
  InputColumn ranged(InputColumn features) {
    return generativeSettings().outputActivation() == Activation.SIGMOID
        ? Features.inUnitInterval(
            features, "outputActivation sigmoid", "outputActivation to linear")
        : features;
  }

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema);
  }

  @Override
  void refuseIdle() {
    IdleParams.refuseOptionsOf(this);
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
  public static MLReader<GenerativeAdversarialNetwork> read() {
    return new StageReader<>(GenerativeAdversarialNetwork.class, GenerativeAdversarialNetwork::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static GenerativeAdversarialNetwork load(String path) {
    return read().load(path);
  }
}
