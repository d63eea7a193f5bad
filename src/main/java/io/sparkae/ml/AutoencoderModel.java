package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.AutoencoderNetwork;
import org.apache.spark.ml.util.MLReader;

/** A trained autoencoder: makes codes, reconstructions and errors of rows. */
public final class AutoencoderModel extends AutoencoderNetworkModel<AutoencoderModel>
    implements ColumnSetters<AutoencoderModel> {
  private static final long serialVersionUID = 1L;

  private final Holders holders;

  AutoencoderModel(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
    this.holders = new Holders(this);
    holders.setDefaults(this);
  }

  @Override
  public Holders holders() {
    return holders;
  }

  @Override
  AutoencoderNetwork network() {
    return new AutoencoderNetwork(numFeatures(), autoencoderSettings());
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
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
  public static MLReader<AutoencoderModel> read() {
    return new TrainedModelReader<>(AutoencoderModel.class, AutoencoderModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static AutoencoderModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "AutoencoderModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", codeSize="
        + getCodeSize();
  }
}
