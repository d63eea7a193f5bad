package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Corruption;
import io.sparkae.core.objective.KSparsity;
import io.sparkae.core.objective.Noise;
import io.sparkae.core.objective.Penalties;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.InputColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * A deep autoencoder whose layers are trained first, one after the other, as autoencoders of their
 * own: layer k learns to reproduce the codes of layer k − 1, from corrupted ones if there is noise,
 * with the encoder's activation on both sides. The whole net then starts from their weights.
 * Sources: Bengio et al. 2007, Vincent et al. 2008.
 *
 * <p>Layers reproduce codes in [0, 1] by the cross-entropy where the net's loss is that and their
 * activation the sigmoid, by the squared error else. Params named {@code layer…} are the layers'
 * own; the others are those of the whole net, and hold when it is trained after them, the length of
 * its training for layers without {@code layerEpochs} too.
 */
public final class StackedAutoencoder extends GreedyStack<StackedAutoencoder>
    implements StackSetters<StackedAutoencoder> {
  private static final long serialVersionUID = 1L;

  private final StackParams.Holder stack;

  /** With a random uid. */
  public StackedAutoencoder() {
    this(Identifiable.randomUID("stackedAutoencoder"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public StackedAutoencoder(String uid) {
    super(uid);
    stack = new StackParams.Holder(this);
    stack.setDefaults(this);
    setDefault(layerWeightDecays(), new double[] {0});
    setDefault(layerMomentum(), layerRule().momentum());
  }

  @Override
  public StackParams.Holder stackParams() {
    return stack;
  }

  @Override
  OptimizerSettings layerRule() {
    return TrainingSettings.DEFAULT.optimizer();
  }

  @Override
  InputColumn readable(InputColumn features, AutoencoderSettings net) {
    return Features.inRange(features, net.loss());
  }

  @Override
  LayerPlan plan(AutoencoderSettings net, int layer, int inputs, boolean sparse) {
    Activation above = net.encoder().activation(layer);
    Activation below = layer == 0 ? net.outputActivation() : net.encoder().activation(layer - 1);
    LossKind loss =
        layer == 0 || net.loss() == LossKind.CROSS_ENTROPY && below == Activation.SIGMOID
            ? net.loss()
            : LossKind.SQUARED_ERROR;
    Penalties penalties = penalties(net.penalties(), layer);
    penalties.requireSuited(
        above,
        layer == net.hiddenLayers().size() ? "codeActivation" : "activation",
        "layerSparsityWeights",
        "layerContractions");
    AutoencoderSettings settings =
        new AutoencoderSettings(
            List.of(),
            net.encoder().widths().get(layer),
            above,
            above,
            below,
            loss,
            net.tiedWeights(),
            penalties,
            noise(layer),
            KSparsity.NONE);
    return new AutoencoderLayer(
        new AutoencoderNetwork(inputs, settings),
        sparse,
        layerTraining(layer, layerRule().stepSize()));
  }

  private Penalties penalties(Penalties whole, int layer) {
    return new Penalties(
        ofLayer(layerWeightDecays(), layer),
        0,
        0,
        0,
        0,
        ofLayer(layerSparsityWeights(), layer),
        whole.sparsityTarget(),
        whole.sparsityDecay(),
        ofLayer(layerContractions(), layer));
  }

  private Noise noise(int layer) {
    Corruption kind = Check.choice(Corruption.class, "layerCorruption", getLayerCorruption());
    double level = ofLayer(layerCorruptionLevels(), layer);
    checkNoise(kind, level);
    return level == 0 && kind != Corruption.NONE
        ? Noise.NONE // other layers may have some
        : new Noise(kind, level, 0, 0, 0);
  }

  private void checkNoise(Corruption kind, double level) {
    String name = Check.camelCase(kind);
    Check.that(
        level == 0 || kind != Corruption.NONE,
        "layerCorruption",
        "one of gaussian, masking, saltAndPepper when layerCorruptionLevels has " + level,
        name);
    Check.that(
        kind == Corruption.NONE || !layerKind().isFullBatch(),
        "layerCorruption",
        "none when layerOptimizer is "
            + getLayerOptimizer()
            + ", which needs the exact gradient of one function",
        name);
    double[] levels = getLayerCorruptionLevels();
    Check.that(
        kind == Corruption.NONE || Arrays.stream(levels).anyMatch(any -> any > 0),
        "layerCorruptionLevels",
        "above 0 for a layer when layerCorruption is " + name,
        Arrays.toString(levels));
    Check.that(
        kind == Corruption.GAUSSIAN || level <= 1,
        "layerCorruptionLevels",
        "at most 1, probabilities, when layerCorruption is " + name,
        level);
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<StackedAutoencoder> read() {
    return new StageReader<>(StackedAutoencoder.class, StackedAutoencoder::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static StackedAutoencoder load(String path) {
    return read().load(path);
  }
}
