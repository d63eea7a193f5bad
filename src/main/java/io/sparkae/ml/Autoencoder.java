package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
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
 * Learns to reproduce its input through a code: h = f(x·W1 + b1), x̂ = g(h·W2 + b2), any number of
 * layers deep, minimising the mean over rows of a loss summed over features. Source: Hinton and
 * Salakhutdinov 2006.
 */
public final class Autoencoder extends TrainedEstimator<Autoencoder, AutoencoderModel>
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

  /**
   * Trains.
   *
   * @throws IllegalArgumentException before any Spark job, if the Params or the schema make no
   *     sense
   */
  @Override
  public AutoencoderModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    AutoencoderSettings settings = autoencoderSettings();
    InputColumn column = Features.inspect(dataset, this, settings.loss());
    AutoencoderNetwork network = new AutoencoderNetwork(column.spec().width(), settings);
    AutoencoderObjective objective = new AutoencoderObjective(network, column.spec().sparse());
    Trainer.Outcome outcome =
        Validation.train(this, objective, dataset, List.of(column), listener());
    AutoencoderModel model =
        new AutoencoderModel(
            uid(),
            column.spec().width(),
            outcome.result().state().parameters().clone(),
            TrainingSummary.of(objective, outcome, "").with(this, List.of()));
    return finished(model);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    AutoencoderNetwork anyWidth = new AutoencoderNetwork(1, autoencoderSettings());
    FullBatchLoop.requireSuited(
        new AutoencoderObjective(anyWidth, false), "optimizer", optimizerKind());
    trainingSettings();
    IdleParams.refuseKSparsity(this);
    IdleParams.refuseUnless(
        getSparsityWeight() > 0,
        this,
        List.of(sparsityTarget(), sparsityDecay()),
        "sparsityWeight is 0",
        "sparsityWeight");
    validationSettings();
    Validation.checkIndicator(this, schema);
    return OutputSchema.of(this, schema, getCodeSize());
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<Autoencoder> read() {
    return new DefaultParamsReader<>();
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
