package io.sparkae.ml;

import io.sparkae.core.objective.Likelihood;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalObjective;
import io.sparkae.spark.InputColumn;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Learns a distribution of rows x with codes z: p(z) = N(0, I), p(x|z) by a decoder, and q(z|x) =
 * N(μ, σ²) by an encoder that approximates the codes of a row. It minimises −E log p(x|z) +
 * β·KL(q(z|x)‖p(z)), which is at least −log p(x) where β is 1; or, with several importance samples,
 * a tighter bound. The codes that the model makes are μ. Sources: Kingma and Welling 2013; Burda,
 * Grosse and Salakhutdinov 2015.
 */
public final class VariationalAutoencoder
    extends NetworkEstimator<VariationalAutoencoder, VariationalAutoencoderModel>
    implements VariationalAutoencoderParams,
        ColumnSetters<VariationalAutoencoder>,
        VariationalColumnSetters<VariationalAutoencoder>,
        VariationalSetters<VariationalAutoencoder>,
        TrainingSetters<VariationalAutoencoder>,
        ValidationSetters<VariationalAutoencoder> {
  private static final long serialVersionUID = 1L;

  private final VariationalHolders holders;

  /** With a random uid. */
  public VariationalAutoencoder() {
    this(Identifiable.randomUID("variationalAutoencoder"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public VariationalAutoencoder(String uid) {
    super(uid);
    this.holders = new VariationalHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public VariationalHolders holders() {
    return holders;
  }

  @Override
  VariationalObjective objective(int width, boolean sparse) {
    return new VariationalObjective(new VariationalNetwork(width, variationalSettings()), sparse);
  }

  @Override
  InputColumn ranged(InputColumn features) {
    return variationalSettings().likelihood() == Likelihood.BERNOULLI
        ? Features.inUnitInterval(features, "likelihood bernoulli", "likelihood to gaussian")
        : features;
  }

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema);
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
  public static MLReader<VariationalAutoencoder> read() {
    return new StageReader<>(VariationalAutoencoder.class, VariationalAutoencoder::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static VariationalAutoencoder load(String path) {
    return read().load(path);
  }
}
