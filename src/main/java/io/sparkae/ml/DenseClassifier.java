package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.ClassifierObjective;
import io.sparkae.core.objective.EncoderSettings;
import io.sparkae.core.objective.KSparsity;
import io.sparkae.spark.TrainingRows;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * A multilayer perceptron from random weights: dense layers, and a softmax or a logistic unit on
 * top. What {@link EncoderClassifier} is without an encoder that was trained before, to compare
 * with.
 */
public final class DenseClassifier extends ClassifierEstimator<DenseClassifier>
    implements HiddenLayersSetters<DenseClassifier> {
  private static final long serialVersionUID = 1L;

  private final HiddenLayersParams.Holder hidden;

  /** With a random uid. */
  public DenseClassifier() {
    this(Identifiable.randomUID("denseClassifier"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public DenseClassifier(String uid) {
    super(uid);
    hidden = new HiddenLayersParams.Holder(this);
    hidden.setDefaults(this);
  }

  @Override
  public HiddenLayersParams.Holder hiddenLayersParams() {
    return hidden;
  }

  @Override
  Layers layers() {
    Activation activation = Check.choice(Activation.class, "activation", getActivation());
    List<Integer> widths = Arrays.stream(getHiddenLayers()).boxed().toList();
    return new Layers(new EncoderSettings(widths, activation, activation, KSparsity.NONE), null);
  }

  @Override
  void checkLayers(StructType schema) {
    Check.that(
        getHiddenDropout() == 0 || getHiddenLayers().length > 0,
        "hiddenDropout",
        "0 when hiddenLayers is empty (codeDropout is of what the softmax reads)",
        getHiddenDropout());
  }

  @Override
  int phases() {
    return 1;
  }

  @Override
  float[] train(Fitting fitting, TrainingRows rows) {
    ClassifierObjective objective = new ClassifierObjective(fitting.net(), fitting.sparse());
    return fitting.phases().train("classifier", objective, wholeTraining(), rows, null);
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<DenseClassifier> read() {
    return new StageReader<>(DenseClassifier.class, DenseClassifier::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static DenseClassifier load(String path) {
    return read().load(path);
  }
}
