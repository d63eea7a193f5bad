package io.sparkae.ml;

import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmObjective;
import io.sparkae.core.objective.RbmUnits;
import io.sparkae.spark.InputColumn;
import java.util.List;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Learns a distribution of rows v with hidden units h, p(v, h) ∝ e^(−E(v, h)), E = −b·v − c·h −
 * v·W·h for bernoulli units, by contrastive divergence; its codes are the means of h given v. What
 * it reports as its loss, and validates on, is the squared error of the rows against their
 * reconstructions, which is not what it minimises. Source: Hinton 2002; Hinton 2012, "A practical
 * guide to training restricted Boltzmann machines".
 */
public final class RestrictedBoltzmannMachine
    extends NetworkEstimator<RestrictedBoltzmannMachine, RestrictedBoltzmannMachineModel>
    implements RestrictedBoltzmannMachineParams,
        ColumnSetters<RestrictedBoltzmannMachine>,
        RbmColumnSetters<RestrictedBoltzmannMachine>,
        RbmSetters<RestrictedBoltzmannMachine>,
        TrainingSetters<RestrictedBoltzmannMachine>,
        ValidationSetters<RestrictedBoltzmannMachine> {
  private static final long serialVersionUID = 1L;

  private final RbmHolders holders;

  /** With a random uid. */
  public RestrictedBoltzmannMachine() {
    this(Identifiable.randomUID("rbm"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public RestrictedBoltzmannMachine(String uid) {
    super(uid);
    this.holders = new RbmHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public RbmHolders holders() {
    return holders;
  }

  @Override
  RbmObjective objective(int width, boolean sparse) {
    return new RbmObjective(new RbmNetwork(width, rbmSettings()), sparse);
  }

  @Override
  InputColumn ranged(InputColumn features) {
    return rbmSettings().visibleType() == RbmUnits.BERNOULLI
        ? Features.inUnitInterval(features, "visibleType bernoulli", "visibleType to gaussian")
        : features;
  }

  @Override
  void refuseIdle() {
    IdleParams.refuseUnless(
        getSparsityWeight() > 0,
        this,
        List.of(sparsityTarget(), sparsityDecay()),
        "sparsityWeight is 0",
        "sparsityWeight");
  }

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema);
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
  public static MLReader<RestrictedBoltzmannMachine> read() {
    return new StageReader<>(RestrictedBoltzmannMachine.class, RestrictedBoltzmannMachine::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static RestrictedBoltzmannMachine load(String path) {
    return read().load(path);
  }
}
