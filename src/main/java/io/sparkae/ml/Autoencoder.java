package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.spark.InputColumn;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Learns to reproduce its input through a code: h = f(x·W1 + b1), x̂ = g(h·W2 + b2), any number of
 * layers deep, minimising the mean over rows of a loss summed over features. Source: Hinton and
 * Salakhutdinov 2006.
 */
public final class Autoencoder extends NetworkEstimator<Autoencoder, AutoencoderModel>
    implements AutoencoderParams,
        ColumnSetters<Autoencoder>,
        NetworkSetters<Autoencoder>,
        TrainingSetters<Autoencoder>,
        ValidationSetters<Autoencoder> {
  private static final long serialVersionUID = 1L;

  private final Holders holders;

  /** With a random uid. */
  public Autoencoder() {
    this(Identifiable.randomUID("autoencoder"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public Autoencoder(String uid) {
    super(uid);
    this.holders = new Holders(this);
    holders.setDefaults(this);
  }

  @Override
  public Holders holders() {
    return holders;
  }

  @Override
  AutoencoderObjective objective(int width, boolean sparse) {
    return new AutoencoderObjective(new AutoencoderNetwork(width, autoencoderSettings()), sparse);
  }

  @Override
  InputColumn ranged(InputColumn features) {
    return Features.inRange(features, autoencoderSettings().loss());
  }

  @Override
  void refuseIdle() {
    IdleParams.refuseOptionsOf(this);
  }

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema, getCodeSize());
  }

  @Override
  TrainedModelReader.Maker<AutoencoderModel> maker() {
    return AutoencoderModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<Autoencoder> read() {
    return new StageReader<>(Autoencoder.class, Autoencoder::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static Autoencoder load(String path) {
    return read().load(path);
  }
}
