package io.sparkae.ml;

import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmObjective;
import io.sparkae.core.objective.RbmSettings;
import io.sparkae.core.objective.RbmUnits;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.Trainer;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns a distribution of rows v with hidden units h, p(v, h) ∝ e^(−E(v, h)), E = −b·v − c·h −
 * v·W·h for bernoulli units, by contrastive divergence; its codes are the means of h given v. What
 * it reports as its loss, and validates on, is the squared error of the rows against their
 * reconstructions, which is not what it minimises. Source: Hinton 2002; Hinton 2012, "A practical
 * guide to training restricted Boltzmann machines".
 */
public final class RestrictedBoltzmannMachine
    extends TrainedEstimator<RestrictedBoltzmannMachine, RestrictedBoltzmannMachineModel>
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

  /**
   * Trains.
   *
   * @throws IllegalArgumentException before any Spark job, if the Params or the schema make no
   *     sense
   */
  @Override
  public RestrictedBoltzmannMachineModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    RbmSettings settings = rbmSettings();
    InputColumn column = Features.inspect(dataset, this);
    if (settings.visibleType() == RbmUnits.BERNOULLI) {
      column =
          column.within(
              0,
              1,
              ", which visibleType bernoulli needs (scale the features, or set visibleType to"
                  + " gaussian)");
    }
    int width = column.spec().width();
    RbmObjective objective =
        new RbmObjective(new RbmNetwork(width, settings), column.spec().sparse());
    Trainer.Outcome outcome =
        Validation.train(this, objective, dataset, List.of(column), listener());
    RestrictedBoltzmannMachineModel model =
        new RestrictedBoltzmannMachineModel(
            uid(),
            width,
            outcome.result().state().parameters().clone(),
            TrainingSummary.of(objective, outcome, "").with(this, List.of()));
    return finished(model);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    RbmNetwork anyWidth = new RbmNetwork(1, rbmSettings());
    FullBatchLoop.requireSuited(new RbmObjective(anyWidth, false), "optimizer", optimizerKind());
    trainingSettings();
    IdleParams.refuseUnless(
        getSparsityWeight() > 0,
        this,
        List.of(sparsityTarget(), sparsityDecay()),
        "sparsityWeight is 0",
        "sparsityWeight");
    validationSettings();
    Validation.checkIndicator(this, schema);
    return OutputSchema.of(this, schema);
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<RestrictedBoltzmannMachine> read() {
    return new DefaultParamsReader<>();
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
