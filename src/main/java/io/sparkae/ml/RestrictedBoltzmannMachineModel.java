package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmRunner;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * A trained restricted Boltzmann machine: makes hidden means (probabilities of bernoulli units),
 * reconstructions, errors, free energies and samples of rows.
 *
 * <p>A sample's draws are keyed by {@link #seed()} and by all the columns of its row: it is the
 * same wherever the row sits, and rows that are the same in every column have the same sample. A
 * column of numbers of the rows keeps equal rows apart.
 */
public final class RestrictedBoltzmannMachineModel
    extends TrainedNetwork<RestrictedBoltzmannMachineModel>
    implements RestrictedBoltzmannMachineParams,
        ColumnSetters<RestrictedBoltzmannMachineModel>,
        RbmColumnSetters<RestrictedBoltzmannMachineModel> {
  private static final long serialVersionUID = 1L;

  private final RbmHolders holders;
  private transient RbmRunner single; // made when it is first used

  RestrictedBoltzmannMachineModel(
      String uid, int visible, float[] parameters, TrainingSummary summary) {
    super(uid, visible, parameters, summary);
    this.holders = new RbmHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public RbmHolders holders() {
    return holders;
  }

  @Override
  public String architecture() {
    return numFeatures()
        + " "
        + getVisibleType()
        + " visible and "
        + getHiddenUnits()
        + " "
        + getHiddenType()
        + " hidden units";
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
  }

  private RbmNetwork network() {
    return new RbmNetwork(numFeatures(), rbmSettings());
  }

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema);
  }

  @Override
  List<Param<String>> outputParams() {
    return List.of(outputCol(), reconstructionCol(), errorCol(), freeEnergyCol(), sampleCol());
  }

  @Override
  boolean draws() {
    return getSampleCol() != null;
  }

  @Override
  RbmProgram program() {
    return new RbmProgram(
        network(),
        getOutputCol() != null,
        getReconstructionCol() != null,
        getErrorCol() != null,
        getFreeEnergyCol() != null,
        getSampleCol() != null ? getSampleSteps() : 0,
        getSeed());
  }

  /**
   * {@return the means of the hidden units of one row: probabilities of bernoulli ones}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  public synchronized Vector encode(Vector features) {
    if (single == null) {
      single = new RbmRunner(network(), weights(), 1);
    }
    run(single.minibatch(), single::run, features, numFeatures(), "features");
    return Vectors.dense(AutoencoderProgram.toDoubles(single.hidden(), 0, getHiddenUnits()));
  }

  /**
   * Sets {@link #seed()}, of the samples; at first it is that of the training.
   *
   * @param value any number
   * @return this
   */
  public RestrictedBoltzmannMachineModel setSeed(long value) {
    return Setting.apply(this, seed(), value);
  }

  @Override
  TrainedModelReader.Maker<RestrictedBoltzmannMachineModel> maker() {
    return RestrictedBoltzmannMachineModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<RestrictedBoltzmannMachineModel> read() {
    return new TrainedModelReader<>(
        RestrictedBoltzmannMachineModel.class, RestrictedBoltzmannMachineModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static RestrictedBoltzmannMachineModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "RestrictedBoltzmannMachineModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", hiddenUnits="
        + getHiddenUnits();
  }
}
