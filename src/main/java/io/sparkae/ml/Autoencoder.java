package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.Trainer;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns to reproduce its input through a code: h = f(x·W1 + b1), x̂ = g(h·W2 + b2), any number of
 * layers deep, minimising the mean over rows of a loss summed over features. Source: Hinton and
 * Salakhutdinov 2006.
 */
public final class Autoencoder extends Estimator<AutoencoderModel>
    implements AutoencoderParams,
        ColumnSetters<Autoencoder>,
        NetworkSetters<Autoencoder>,
        TrainingSetters<Autoencoder>,
        ValidationSetters<Autoencoder>,
        HasTrainingListener,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Holders holders;
  private transient TrainingListener listener; // null when it was read or serialised

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
    this.uid = uid;
    this.holders = new Holders(this);
    holders.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public String explainParam(Param<?> param) {
    return Holders.explain(this, param, super.explainParam(param));
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
    Trainer.Outcome outcome = Validation.train(this, objective, dataset, List.of(column), listener);
    AutoencoderModel model =
        new AutoencoderModel(
            uid,
            column.spec().width(),
            outcome.result().state().parameters().clone(),
            TrainingSummary.of(objective, outcome));
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    AutoencoderNetwork anyWidth = new AutoencoderNetwork(1, autoencoderSettings());
    FullBatchLoop.requireSuited(new AutoencoderObjective(anyWidth, false), trainingSettings());
    validationSettings();
    Validation.checkIndicator(this, schema);
    return OutputSchema.of(this, schema, getCodeSize());
  }

  @Override
  public Autoencoder copy(ParamMap extra) {
    Autoencoder copy = defaultCopy(extra);
    return copy.setTrainingListener(listener);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
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

  @Override
  public Autoencoder setTrainingListener(TrainingListener value) {
    this.listener = value;
    return this;
  }
<<<<<<< HEAD
=======

  private Autoencoder with(Param<?> param, Object value) {
    set(param.name(), value);
    return this;
  }

  /**
   * Sets {@link #featuresCol()}.
   *
   * @param value name of a column of vectors or arrays
   * @return this
   */
  public Autoencoder setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /**
   * Sets {@link #inputCols()}.
   *
   * @param value names of columns of numbers
   * @return this
   */
  public Autoencoder setInputCols(String[] value) {
    return with(inputCols(), value);
  }

  /**
   * Sets {@link #outputCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  public Autoencoder setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /**
   * Sets {@link #reconstructionCol()}.
   *
   * @param value name of a column
   * @return this
   */
  public Autoencoder setReconstructionCol(String value) {
    return with(reconstructionCol(), value);
  }

  /**
   * Sets {@link #errorCol()}.
   *
   * @param value name of a new column
   * @return this
   */
  public Autoencoder setErrorCol(String value) {
    return with(errorCol(), value);
  }

  /**
   * Sets {@link #handleInvalid()}.
   *
   * @param value error or skip
   * @return this
   */
  public Autoencoder setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /**
   * Sets {@link #hiddenLayers()}.
   *
   * @param value widths, each at least 1; none for one layer
   * @return this
   */
  public Autoencoder setHiddenLayers(int[] value) {
    return with(hiddenLayers(), value);
  }

  /**
   * Sets {@link #codeSize()}.
   *
   * @param value width, at least 1
   * @return this
   */
  public Autoencoder setCodeSize(int value) {
    return with(codeSize(), value);
  }

  /**
   * Sets {@link #activation()}.
   *
   * @param value name of an activation
   * @return this
   */
  public Autoencoder setActivation(String value) {
    return with(activation(), value);
  }

  /**
   * Sets {@link #codeActivation()}.
   *
   * @param value name of an activation
   * @return this
   */
  public Autoencoder setCodeActivation(String value) {
    return with(codeActivation(), value);
  }

  /**
   * Sets {@link #outputActivation()}.
   *
   * @param value name of an activation; sigmoid for the loss crossEntropy
   * @return this
   */
  public Autoencoder setOutputActivation(String value) {
    return with(outputActivation(), value);
  }

  /**
   * Sets {@link #loss()}.
   *
   * @param value name of a loss
   * @return this
   */
  public Autoencoder setLoss(String value) {
    return with(loss(), value);
  }

  /**
   * Sets {@link #tiedWeights()}.
   *
   * @param value whether they are tied
   * @return this
   */
  public Autoencoder setTiedWeights(boolean value) {
    return with(tiedWeights(), value);
  }

  /**
   * Sets {@link #optimizer()}.
   *
   * @param value name of a rule
   * @return this
   */
  public Autoencoder setOptimizer(String value) {
    return with(optimizer(), value);
  }

  /**
   * Sets {@link #stepSize()}.
   *
   * @param value positive
   * @return this
   */
  public Autoencoder setStepSize(double value) {
    return with(stepSize(), value);
  }

  /**
   * Sets {@link #momentum()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  public Autoencoder setMomentum(double value) {
    return with(momentum(), value);
  }

  /**
   * Sets {@link #schedule()}.
   *
   * @param value name of a schedule
   * @return this
   */
  public Autoencoder setSchedule(String value) {
    return with(schedule(), value);
  }

  /**
   * Sets {@link #scheduleDecay()}.
   *
   * @param value in (0, 1]
   * @return this
   */
  public Autoencoder setScheduleDecay(double value) {
    return with(scheduleDecay(), value);
  }

  /**
   * Sets {@link #scheduleEvery()}.
   *
   * @param value epochs, at least 1
   * @return this
   */
  public Autoencoder setScheduleEvery(int value) {
    return with(scheduleEvery(), value);
  }

  /**
   * Sets {@link #warmupEpochs()}.
   *
   * @param value epochs, at least 0
   * @return this
   */
  public Autoencoder setWarmupEpochs(double value) {
    return with(warmupEpochs(), value);
  }

  /**
   * Sets {@link #batchSize()}.
   *
   * @param value rows, at least 1
   * @return this
   */
  public Autoencoder setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /**
   * Sets {@link #epochs()}.
   *
   * @param value at least 1
   * @return this
   */
  public Autoencoder setEpochs(int value) {
    return with(epochs(), value);
  }

  /**
   * Sets {@link #averaging()}.
   *
   * @param value local or synchronous
   * @return this
   */
  public Autoencoder setAveraging(String value) {
    return with(averaging(), value);
  }

  /**
   * Sets {@link #replicas()}.
   *
   * @param value at least 0; 0 for one on each executor
   * @return this
   */
  public Autoencoder setReplicas(int value) {
    return with(replicas(), value);
  }

  /**
   * Sets {@link #microBatches()}.
   *
   * @param value at least 0; 0 for one for each core
   * @return this
   */
  public Autoencoder setMicroBatches(int value) {
    return with(microBatches(), value);
  }

  /**
   * Sets {@link #stepsPerRound()}.
   *
   * @param value at least 0; 0 for a rule
   * @return this
   */
  public Autoencoder setStepsPerRound(int value) {
    return with(stepsPerRound(), value);
  }

  /**
   * Sets {@link #seed()}.
   *
   * @param value any number
   * @return this
   */
  public Autoencoder setSeed(long value) {
    return with(seed(), value);
  }

  /**
   * Sets {@link #clipNorm()}.
   *
   * @param value at least 0; 0 for never
   * @return this
   */
  public Autoencoder setClipNorm(double value) {
    return with(clipNorm(), value);
  }

  /**
   * Sets {@link #validationFraction()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  public Autoencoder setValidationFraction(double value) {
    return with(validationFraction(), value);
  }

  /**
   * Sets {@link #validationIndicatorCol()}.
   *
   * @param value name of a column of booleans
   * @return this
   */
  public Autoencoder setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  /**
   * Sets {@link #patience()}.
   *
   * @param value epochs, at least 0; 0 for never
   * @return this
   */
  public Autoencoder setPatience(int value) {
    return with(patience(), value);
  }

  /**
   * Sets {@link #validationTol()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  public Autoencoder setValidationTol(double value) {
    return with(validationTol(), value);
  }
>>>>>>> finish
}
