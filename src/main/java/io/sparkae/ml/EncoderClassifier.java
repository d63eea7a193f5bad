package io.sparkae.ml;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.ClassifierNetwork;
import io.sparkae.core.objective.ClassifierObjective;
import io.sparkae.core.objective.EncoderSettings;
import io.sparkae.core.objective.KSparsity;
import io.sparkae.core.objective.Noise;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.ValidationSettings;
import io.sparkae.spark.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.types.StructType;

/**
 * A softmax or a logistic unit on top of the encoder of a trained autoencoder: first the head alone
 * on the codes, which are computed once, then everything together. Sources: Hinton and
 * Salakhutdinov 2006, Bengio et al. 2007, Vincent et al. 2008.
 *
 * <p>The encoder is that of a model of this library, plain, stacked or of a deep belief network:
 * given itself, or by the folder that it was saved in. {@code validationMetric} is the error rate
 * unless it is set to the loss.
 */
public final class EncoderClassifier extends ClassifierEstimator<EncoderClassifier>
    implements HeadSetters<EncoderClassifier>, Phased {
  private static final long serialVersionUID = 1L;

  private final HeadParams.Holder head;
  private AutoencoderModel encoderModel; // null if it is named by its folder

  /** With a random uid. */
  public EncoderClassifier() {
    this(Identifiable.randomUID("encoderClassifier"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public EncoderClassifier(String uid) {
    super(uid);
    head = new HeadParams.Holder(this);
    head.setDefaults(this);
  }

  @Override
  public HeadParams.Holder headParams() {
    return head;
  }

  /**
   * Sets the model whose encoder is used, instead of the folder that one was saved in.
   *
   * @param value a trained model
   * @return this
   */
  public EncoderClassifier setEncoderModel(AutoencoderModel value) {
    this.encoderModel = value;
    return this;
  }

  /**
   * {@return the model whose encoder is used}
   *
   * @throws IllegalArgumentException if none was set, or the folder has none
   */
  public AutoencoderModel getEncoderModel() {
    if (encoderModel != null && getEncoder() != null) {
      throw new IllegalArgumentException(
          "encoder "
              + getEncoder()
              + " and the model that was set exclude each other: set one of them");
    }
    if (encoderModel != null) {
      return encoderModel;
    }
    if (getEncoder() == null) {
      throw new IllegalArgumentException(
          "encoder is missing: name the folder of a saved autoencoder, or set the model itself");
    }
    return AutoencoderModel.load(getEncoder());
  }

  @Override
  Layers layers() {
    AutoencoderModel model = getEncoderModel();
    EncoderSettings shape = model.autoencoderSettings().encoder();
    // the codes of the trained model keep a fixed number of units, and so does what is tuned
    KSparsity kept = KSparsity.of(Math.min(model.getCodeSize(), shape.kSparsity().encoding()));
    return new Layers(shape.with(kept), model);
  }

  @Override
  void checkLayers(StructType schema) {
    if (!getFineTune() && getHeadEpochs() == 0) {
      throw new IllegalArgumentException(
          "headEpochs is 0 and fineTune false: nothing would be trained, set one of them");
    }
    if (!getFineTune()) {
      List<Param<?>> untuned = new ArrayList<>(IdleParams.ofSteps(this));
      untuned.add(tol());
      untuned.addAll(noiseParams().ofInputs());
      IdleParams.refuseUntuned(this, untuned, "the head heeds those named head...");
    }
    IdleParams.refuseUnless(
        getHeadEpochs() > 0, this, List.of(headStepSize()), "headEpochs is 0", "headEpochs");
    if (encoderModel != null || getEncoder() == null) { // else it would have to be read
      Features.checkWidth(schema, this, getEncoderModel().numFeatures());
    }
  }

  @Override
  public List<Param<?>> heededBefore() {
    return getHeadEpochs() > 0 ? IdleParams.ofRounds(this) : List.of();
  }

  @Override
  int phases() {
    return (getHeadEpochs() > 0 ? 1 : 0) + (getFineTune() ? 1 : 0);
  }

  @Override
  float[] train(Fitting fitting, TrainingRows rows) {
    AutoencoderModel encoder = fitting.layers().trained();
    ClassifierNetwork net = fitting.net();
    float[] weights = net.layout().initialParameters(getSeed());
    float[] trained = encoder.parameters();
    for (ParameterSlice slice : net.layout().slices()) {
      encoder.layout().slices().stream()
          .filter(other -> other.name().equals(slice.name()))
          .forEach(other -> other.copy(trained, slice, weights));
    }
    if (getHeadEpochs() > 0) {
      trainHead(fitting, rows, encoder, weights);
    }
    if (!getFineTune()) {
      return weights;
    }
    ClassifierObjective objective = new ClassifierObjective(net, fitting.sparse());
    return fitting.phases().train("encoder and head", objective, wholeTraining(), rows, weights);
  }

  private void trainHead(
      Fitting fitting, TrainingRows rows, AutoencoderModel encoder, float[] weights) {
    ClassifierNetwork net = fitting.net();
    Noise codeNoise = Noise.codeDropout(noise().dropoutBelowHead());
    ClassifierNetwork alone =
        new ClassifierNetwork(
            encoder.getCodeSize(),
            settings(EncoderSettings.NONE, net.settings().classes(), codeNoise));
    AutoencoderNetwork layers =
        new AutoencoderNetwork(encoder.numFeatures(), encoder.autoencoderSettings());
    EncoderProgram program = new EncoderProgram(layers, fitting.sparse(), encoder.parameters());
    TrainingRows inputs = getFineTune() ? rows.trainingOnly() : rows;
    try (TrainingRows codes = inputs.encoded("the encoder", program)) {
      ClassifierObjective objective = new ClassifierObjective(alone, false);
      float[] head = fitting.phases().train("head", objective, headTraining(), codes, null);
      alone.headWeight().copy(head, net.headWeight(), weights);
      alone.headBias().copy(head, net.headBias(), weights);
    }
  }

  private TrainingSettings headTraining() {
    return trainingSettings()
        .withOptimizer(
            OptimizerSettings.DEFAULT.withStepSize(getHeadStepSize()).withClipNorm(getClipNorm()))
        .withEpochs(getHeadEpochs())
        .withValidation(getFineTune() ? ValidationSettings.NONE : validationSettings());
  }

  @Override
  public EncoderClassifier copy(ParamMap extra) {
    return super.copy(extra).setEncoderModel(encoderModel);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the encoder has no folder
   */
  @Override
  public MLWriter write() {
    if (encoderModel != null) {
      throw new IllegalArgumentException(
          "the encoder was set as a model: save it, and name its folder by encoder, to save the"
              + " classifier's settings");
    }
    return super.write();
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<EncoderClassifier> read() {
    return new StageReader<>(EncoderClassifier.class, EncoderClassifier::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static EncoderClassifier load(String path) {
    return read().load(path);
  }
}
