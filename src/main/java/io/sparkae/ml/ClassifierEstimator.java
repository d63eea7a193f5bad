package io.sparkae.ml;

import io.sparkae.core.objective.ClassifierNetwork;
import io.sparkae.core.objective.ClassifierObjective;
import io.sparkae.core.objective.ClassifierSettings;
import io.sparkae.core.objective.EncoderSettings;
import io.sparkae.core.objective.Noise;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.InvalidRowException;
import io.sparkae.spark.TrainingRows;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns class indices by a softmax or a logistic unit on top of dense layers.
 *
 * @param <S> the estimator itself
 */
abstract class ClassifierEstimator<S extends ClassifierEstimator<S>>
    extends TrainedEstimator<S, EncoderClassifierModel>
    implements ClassifierParams,
        InputSetters<S>,
        PredictionSetters<S>,
        ClassifierTrainingSetters<S>,
        NoiseSetters<S>,
        TrainingSetters<S>,
        ValidationSetters<S> {
  private static final long serialVersionUID = 1L;

  private final InputParams.Holder input;
  private final PredictionParams.Holder prediction;
  private final ClassifierTrainingParams.Holder classifier;
  private final NoiseParams.Holder noise;
  private final TrainingParams.Holder training;
  private final FullBatchParams.Holder fullBatch;
  private final ValidationParams.Holder validation;

  ClassifierEstimator(String uid) {
    super(uid);
    input = new InputParams.Holder(this);
    prediction = new PredictionParams.Holder(this);
    classifier = new ClassifierTrainingParams.Holder(this);
    noise = new NoiseParams.Holder(this);
    training = new TrainingParams.Holder(this);
    fullBatch = new FullBatchParams.Holder(this);
    validation = new ValidationParams.Holder(this);
    input.setDefaults(this);
    prediction.setDefaults(this);
    classifier.setDefaults(this);
    noise.setDefaults(this);
    training.setDefaults(this, TrainingSettings.DEFAULT);
    fullBatch.setDefaults(this);
    validation.setDefaults(this);
  }

  /**
   * Sets {@link #family()}.
   *
   * @param value auto, binomial or multinomial
   * @return this
   */
  public final S setFamily(String value) {
    return Setting.apply(this, family(), value);
  }

  @Override
  public final InputParams.Holder inputParams() {
    return input;
  }

  @Override
  public final PredictionParams.Holder predictionParams() {
    return prediction;
  }

  @Override
  public final ClassifierTrainingParams.Holder classifierTrainingParams() {
    return classifier;
  }

  @Override
  public final NoiseParams.Holder noiseParams() {
    return noise;
  }

  @Override
  public final TrainingParams.Holder trainingParams() {
    return training;
  }

  @Override
  public final FullBatchParams.Holder fullBatchParams() {
    return fullBatch;
  }

  @Override
  public final ValidationParams.Holder validationParams() {
    return validation;
  }

  /**
   * The layers below the head.
   *
   * @param shape of no layers for a head alone
   * @param trained the model that they come from; null for random weights
   */
  record Layers(EncoderSettings shape, AutoencoderModel trained) {
    /** What tells the layers' weights from others. */
    Map<String, String> checksum() {
      return trained == null
          ? Map.of()
          : Map.of("encoder of checksum", StageFingerprint.checksum(trained.parameters()));
    }
  }

  /** What is known once the rows were looked at. */
  record Fitting(ClassifierNetwork net, Layers layers, boolean sparse, Phases phases) {}

  /**
   * The layers below the head.
   *
   * @throws IllegalArgumentException if the Params make no sense
   */
  abstract Layers layers();

  /**
   * Checks what the layers depend on, without a job.
   *
   * @throws IllegalArgumentException if the Params or the schema make no sense
   */
  abstract void checkLayers(StructType schema);

  /** Trainings that {@link #train} does. */
  abstract int phases();

  /** Trains the net of a fitting. */
  abstract float[] train(Fitting fitting, TrainingRows rows);

  /**
   * Trains.
   *
   * @throws IllegalArgumentException before any training, if the Params, the schema or the labels
   *     make no sense
   */
  @Override
  public EncoderClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Layers layers = layers();
    InputColumn features = Features.inspect(dataset, this);
    int width = features.spec().width();
    if (layers.trained() != null && width != layers.trained().numFeatures()) {
      String names = String.join(", ", Features.columns(this));
      throw InvalidRowException.otherWidth(names, width, layers.trained().numFeatures());
    }
    int classes = ClassLabels.count(dataset, getLabelCol());
    ClassifierNetwork net =
        new ClassifierNetwork(width, settings(layers.shape(), classes, noise()));
    Phases phases =
        new Phases(
            dataset.sparkSession(), listener(), checkpoints(dataset, layers.checksum()), phases());
    List<InputColumn> columns = List.of(features, ClassLabels.column(getLabelCol(), classes));
    float[] weights;
    try (TrainingRows rows = Validation.pack(this, dataset, columns)) {
      weights = train(new Fitting(net, layers, features.spec().sparse(), phases), rows);
    }
    EncoderClassifierModel model =
        new EncoderClassifierModel(uid(), width, weights, phases.summary(this));
    return finished(model).setShape(layers.shape(), classes);
  }

  /** Shape and loss with the training's own settings. */
  final ClassifierSettings settings(EncoderSettings encoder, int classes, Noise drawn) {
    boolean errors = getValidationMetric().equals("error");
    return classifierSettings(encoder, classes, getWeightDecay(), drawn, errors);
  }

  /** How the whole is trained. */
  final TrainingSettings wholeTraining() {
    return trainingSettings().withValidation(validationSettings());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ClassifierNetwork anyNet = new ClassifierNetwork(1, settings(EncoderSettings.NONE, 2, noise()));
    FullBatchLoop.requireSuited(
        new ClassifierObjective(anyNet, false), "optimizer", trainingSettings().optimizer().kind());
    Validation.check(this, schema);
    ClassLabels.check(schema, getLabelCol());
    StructType result = PredictionSchema.of(this, schema, 0);
    checkLayers(schema);
    return result;
  }
}
