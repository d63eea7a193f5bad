package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.Trainer;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
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
        PenaltySetters<Autoencoder>,
        NoiseSetters<Autoencoder>,
        KSparsitySetters<Autoencoder>,
        FullBatchSetters<Autoencoder>,
        HasTrainingListener,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Holders holders;
  private transient TrainingListener listener = TrainingListener.NONE;

  /** With a random uid. */
  public Autoencoder() {
    this(Identifiable.randomUID("autoencoder"));
  }

  /** With the given uid. */
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
    TrainingSettings training = trainingSettings().withValidation(validationSettings());
    InputColumn column = Features.inspect(dataset, this, settings.loss());
    AutoencoderNetwork network = new AutoencoderNetwork(column.spec().width(), settings);
    AutoencoderObjective objective = new AutoencoderObjective(network, column.spec().sparse());
    Trainer trainer =
        new Trainer(
            JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()),
            objective,
            training,
            listener == null ? TrainingListener.NONE : listener); // transient: gone when serialised
    Trainer.Outcome outcome =
        Validation.train(trainer, this, dataset, List.of(column), getHandleInvalid());
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
    return OutputSchema.of(this, schema);
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

  /** Reads what {@link #write()} wrote. */
  public static MLReader<Autoencoder> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static Autoencoder load(String path) {
    return read().load(path);
  }

  @Override
  public Autoencoder setTrainingListener(TrainingListener value) {
    this.listener = value;
    return this;
  }

  private Autoencoder with(Param<?> param, Object value) {
    set(param.name(), value);
    return this;
  }

  /** Sets {@link #featuresCol()}. */
  public Autoencoder setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Sets {@link #inputCols()}. */
  public Autoencoder setInputCols(String[] value) {
    return with(inputCols(), value);
  }

  /** Sets {@link #outputCol()}. */
  public Autoencoder setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #reconstructionCol()}. */
  public Autoencoder setReconstructionCol(String value) {
    return with(reconstructionCol(), value);
  }

  /** Sets {@link #errorCol()}. */
  public Autoencoder setErrorCol(String value) {
    return with(errorCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public Autoencoder setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #hiddenLayers()}. */
  public Autoencoder setHiddenLayers(int[] value) {
    return with(hiddenLayers(), value);
  }

  /** Sets {@link #codeSize()}. */
  public Autoencoder setCodeSize(int value) {
    return with(codeSize(), value);
  }

  /** Sets {@link #activation()}. */
  public Autoencoder setActivation(String value) {
    return with(activation(), value);
  }

  /** Sets {@link #codeActivation()}. */
  public Autoencoder setCodeActivation(String value) {
    return with(codeActivation(), value);
  }

  /** Sets {@link #outputActivation()}. */
  public Autoencoder setOutputActivation(String value) {
    return with(outputActivation(), value);
  }

  /** Sets {@link #loss()}. */
  public Autoencoder setLoss(String value) {
    return with(loss(), value);
  }

  /** Sets {@link #tiedWeights()}. */
  public Autoencoder setTiedWeights(boolean value) {
    return with(tiedWeights(), value);
  }

  /** Sets {@link #optimizer()}. */
  public Autoencoder setOptimizer(String value) {
    return with(optimizer(), value);
  }

  /** Sets {@link #stepSize()}. */
  public Autoencoder setStepSize(double value) {
    return with(stepSize(), value);
  }

  /** Sets {@link #momentum()}. */
  public Autoencoder setMomentum(double value) {
    return with(momentum(), value);
  }

  /** Sets {@link #schedule()}. */
  public Autoencoder setSchedule(String value) {
    return with(schedule(), value);
  }

  /** Sets {@link #scheduleDecay()}. */
  public Autoencoder setScheduleDecay(double value) {
    return with(scheduleDecay(), value);
  }

  /** Sets {@link #scheduleEvery()}. */
  public Autoencoder setScheduleEvery(int value) {
    return with(scheduleEvery(), value);
  }

  /** Sets {@link #warmupEpochs()}. */
  public Autoencoder setWarmupEpochs(double value) {
    return with(warmupEpochs(), value);
  }

  /** Sets {@link #batchSize()}. */
  public Autoencoder setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /** Sets {@link #epochs()}. */
  public Autoencoder setEpochs(int value) {
    return with(epochs(), value);
  }

  /** Sets {@link #averaging()}. */
  public Autoencoder setAveraging(String value) {
    return with(averaging(), value);
  }

  /** Sets {@link #replicas()}. */
  public Autoencoder setReplicas(int value) {
    return with(replicas(), value);
  }

  /** Sets {@link #microBatches()}. */
  public Autoencoder setMicroBatches(int value) {
    return with(microBatches(), value);
  }

  /** Sets {@link #stepsPerRound()}. */
  public Autoencoder setStepsPerRound(int value) {
    return with(stepsPerRound(), value);
  }

  /** Sets {@link #seed()}. */
  public Autoencoder setSeed(long value) {
    return with(seed(), value);
  }

  /** Sets {@link #clipNorm()}. */
  public Autoencoder setClipNorm(double value) {
    return with(clipNorm(), value);
  }

  /** Sets {@link #validationFraction()}. */
  public Autoencoder setValidationFraction(double value) {
    return with(validationFraction(), value);
  }

  /** Sets {@link #validationIndicatorCol()}. */
  public Autoencoder setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  /** Sets {@link #patience()}. */
  public Autoencoder setPatience(int value) {
    return with(patience(), value);
  }

  /** Sets {@link #validationTol()}. */
  public Autoencoder setValidationTol(double value) {
    return with(validationTol(), value);
  }
}
