package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.ClassifierNetwork;
import io.sparkae.core.objective.ClassifierRunner;
import io.sparkae.core.objective.EncoderSettings;
import io.sparkae.core.objective.KSparsity;
import io.sparkae.core.objective.Noise;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/** A trained classifier: tells logits, probabilities and the most probable class of rows. */
public final class EncoderClassifierModel extends TrainedNetwork<EncoderClassifierModel>
    implements ClassifierParams,
        InputSetters<EncoderClassifierModel>,
        PredictionSetters<EncoderClassifierModel>,
        ClassifierTrainingParams,
        HiddenLayersParams,
        EncoderShapeParams {
  private static final long serialVersionUID = 1L;

  private final InputParams.Holder input;
  private final PredictionParams.Holder prediction;
  private final ClassifierTrainingParams.Holder training;
  private final HiddenLayersParams.Holder hidden;
  private final EncoderShapeParams.Holder shape;
  private transient ClassifierRunner single;

  EncoderClassifierModel(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
    input = new InputParams.Holder(this);
    prediction = new PredictionParams.Holder(this);
    training = new ClassifierTrainingParams.Holder(this);
    hidden = new HiddenLayersParams.Holder(this);
    shape = new EncoderShapeParams.Holder(this);
    input.setDefaults(this);
    prediction.setDefaults(this);
    training.setDefaults(this);
    hidden.setDefaults(this);
    shape.setDefaults(this);
  }

  /** Says what the layers are. */
  EncoderClassifierModel setShape(EncoderSettings encoder, int classes) {
    set("numClasses", classes);
    set("hiddenLayers", encoder.widths().stream().mapToInt(Integer::intValue).toArray());
    set("activation", Check.camelCase(encoder.activation()));
    set("codeActivation", Check.camelCase(encoder.codeActivation()));
    set("kSparse", encoder.kSparsity().k());
    return this;
  }

  @Override
  public InputParams.Holder inputParams() {
    return input;
  }

  @Override
  public PredictionParams.Holder predictionParams() {
    return prediction;
  }

  @Override
  public ClassifierTrainingParams.Holder classifierTrainingParams() {
    return training;
  }

  @Override
  public HiddenLayersParams.Holder hiddenLayersParams() {
    return hidden;
  }

  @Override
  public EncoderShapeParams.Holder encoderShapeParams() {
    return shape;
  }

  @Override
  public String architecture() {
    IntStream widths =
        IntStream.concat(IntStream.of(numFeatures()), Arrays.stream(getHiddenLayers()));
    return widths.mapToObj(width -> width + "-").collect(Collectors.joining())
        + network().settings().outputs();
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
  }

  private ClassifierNetwork network() {
    EncoderSettings encoder =
        new EncoderSettings(
            Arrays.stream(getHiddenLayers()).boxed().toList(),
            Check.choice(Activation.class, "activation", getActivation()),
            Check.choice(Activation.class, "codeActivation", getCodeActivation()),
            KSparsity.of(getKSparse()));
    return new ClassifierNetwork(
        numFeatures(), classifierSettings(encoder, getNumClasses(), 0, Noise.NONE, false));
  }

  @Override
  StructType outputs(StructType schema) {
    return PredictionSchema.of(this, schema, getNumClasses());
  }

  @Override
  List<Param<String>> outputParams() {
    return List.of(rawPredictionCol(), probabilityCol(), predictionCol());
  }

  @Override
  ClassifierProgram program() {
    return new ClassifierProgram(
        network(),
        !getRawPredictionCol().isEmpty(),
        !getProbabilityCol().isEmpty(),
        !getPredictionCol().isEmpty());
  }

  /**
   * {@return the most probable class of one row}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  public double predict(Vector features) {
    return predictRaw(features).argmax();
  }

  /**
   * {@return the probabilities of all classes for one row}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  public synchronized Vector predictProbability(Vector features) {
    double[] values = predictRaw(features).toArray();
    single.toProbabilities(values);
    return Vectors.dense(values);
  }

  /**
   * {@return the logits of all classes for one row}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  public synchronized Vector predictRaw(Vector features) {
    if (single == null) {
      single = new ClassifierRunner(network(), weights(), false, 1);
    }
    run(single.minibatch(), single::run, features, numFeatures(), "features");
    double[] logits = new double[getNumClasses()];
    single.logits(0, logits);
    return Vectors.dense(logits);
  }

  @Override
  TrainedModelReader.Maker<EncoderClassifierModel> maker() {
    return EncoderClassifierModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<EncoderClassifierModel> read() {
    return new TrainedModelReader<>(EncoderClassifierModel.class, EncoderClassifierModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static EncoderClassifierModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "EncoderClassifierModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", numClasses="
        + getNumClasses();
  }
}
