package io.sparkae.ml;

import io.sparkae.core.objective.Likelihood;
import io.sparkae.core.objective.VariationalNetwork;
import io.sparkae.core.objective.VariationalObjective;
import io.sparkae.core.objective.VariationalSettings;
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
 * Learns a distribution of rows x with codes z: p(z) = N(0, I), p(x|z) by a decoder, and q(z|x) =
 * N(μ, σ²) by an encoder that approximates the codes of a row. It minimises −E log p(x|z) +
 * β·KL(q(z|x)‖p(z)), which is at least −log p(x) where β is 1; or, with several importance samples,
 * a tighter bound. The codes that the model makes are μ. Sources: Kingma and Welling 2013; Burda,
 * Grosse and Salakhutdinov 2015.
 */
public final class VariationalAutoencoder
    extends TrainedEstimator<VariationalAutoencoder, VariationalAutoencoderModel>
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

  /**
   * Trains.
   *
   * @throws IllegalArgumentException before any Spark job, if the Params or the schema make no
   *     sense
   */
  @Override
  public VariationalAutoencoderModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    VariationalSettings settings = variationalSettings();
    InputColumn column = Features.inspect(dataset, this);
    if (settings.likelihood() == Likelihood.BERNOULLI) {
      column =
          column.within(
              0,
              1,
              ", which likelihood bernoulli needs (scale the features, or set likelihood to"
                  + " gaussian)");
    }
    int width = column.spec().width();
    VariationalObjective objective =
        new VariationalObjective(new VariationalNetwork(width, settings), column.spec().sparse());
    Trainer.Outcome outcome =
        Validation.train(this, objective, dataset, List.of(column), listener());
    VariationalAutoencoderModel model =
        new VariationalAutoencoderModel(
            uid(),
            width,
            outcome.result().state().parameters().clone(),
            TrainingSummary.of(objective, outcome, "").with(this, List.of()));
    return finished(model);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    VariationalNetwork anyWidth = new VariationalNetwork(1, variationalSettings());
    FullBatchLoop.requireSuited(
        new VariationalObjective(anyWidth, false), "optimizer", optimizerKind());
    trainingSettings();
    validationSettings();
    Validation.checkIndicator(this, schema);
    return OutputSchema.of(this, schema);
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<VariationalAutoencoder> read() {
    return new DefaultParamsReader<>();
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
