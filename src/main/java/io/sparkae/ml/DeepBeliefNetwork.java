package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmSettings;
import io.sparkae.core.objective.RbmUnits;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.spark.InputColumn;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * A deep autoencoder whose layers are trained first, one after the other, as restricted Boltzmann
 * machines on the hidden probabilities of the one below, and then unrolled: the decoder starts from
 * the encoder's weights transposed. Source: Hinton and Salakhutdinov 2006.
 *
 * <p>Hidden layers are of logistic units. The code is of logistic units or, where {@code
 * codeActivation} is linear, of gaussian ones. The features are bernoulli units where {@code
 * outputActivation} is sigmoid, which needs them in [0, 1], and gaussian ones of deviation 1 where
 * it is linear. Params named {@code layer…} are the machines' own; the others are those of the
 * whole net, and hold when it is trained after them, the length of its training for machines
 * without {@code layerEpochs} too.
 */
public final class DeepBeliefNetwork extends GreedyStack<DeepBeliefNetwork>
    implements GibbsSetters<DeepBeliefNetwork> {
  private static final long serialVersionUID = 1L;

  /** Step size of machines with gaussian units, less than of others: Hinton 2012, section 13. */
  private static final double GAUSSIAN_STEP = 0.001;

  private static final double WEIGHT_DECAY = 2e-4;

  private final GibbsParams.Holder gibbs;

  /** With a random uid. */
  public DeepBeliefNetwork() {
    this(Identifiable.randomUID("deepBeliefNetwork"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public DeepBeliefNetwork(String uid) {
    super(uid);
    gibbs = new GibbsParams.Holder(this);
    gibbs.setDefaults(this);
    setDefault(layerWeightDecays(), new double[] {WEIGHT_DECAY});
    setDefault(layerMomentum(), layerRule().momentum());
    setDefault(activation(), Check.camelCase(Activation.SIGMOID));
    setDefault(codeActivation(), Check.camelCase(Activation.SIGMOID));
    setDefault(outputActivation(), Check.camelCase(Activation.SIGMOID));
    setDefault(loss(), Check.camelCase(LossKind.CROSS_ENTROPY));
  }

  @Override
  public GibbsParams.Holder gibbsParams() {
    return gibbs;
  }

  @Override
  OptimizerSettings layerRule() {
    return RbmHolders.TRAINING.optimizer();
  }

  private double stepSize(boolean gaussian) {
    if (layerKind().scalesSteps()) {
      return OptimizerSettings.DEFAULT.stepSize();
    }
    return gaussian ? GAUSSIAN_STEP : layerRule().stepSize();
  }

  @Override
  InputColumn readable(InputColumn features, AutoencoderSettings net) {
    InputColumn dense = features.dense();
    return net.outputActivation() == Activation.SIGMOID
        ? dense.within(0, 1, ", which bernoulli units need (scale the features)")
        : dense;
  }

  @Override
  LayerPlan plan(AutoencoderSettings net, int layer, int inputs, boolean sparse) {
    int last = net.hiddenLayers().size();
    RbmUnits hidden =
        layer == last
            ? units("codeActivation", net.codeActivation())
            : hiddenUnits(net.activation());
    RbmUnits visible =
        layer == 0 ? units("outputActivation", net.outputActivation()) : RbmUnits.BERNOULLI;
    double sparsity = ofLayer(layerSparsityWeights(), layer);
    Check.that(
        sparsity == 0 || hidden == RbmUnits.BERNOULLI,
        "codeActivation",
        "sigmoid when layerSparsityWeights is above 0 for its layer",
        Check.camelCase(net.codeActivation()));
    RbmSettings machine =
        new RbmSettings(
            net.encoder().widths().get(layer),
            visible,
            hidden,
            RbmSettings.DEFAULT.visibleDeviation(),
            getGibbsSteps(),
            RbmSettings.DEFAULT.sampleVisible(),
            ofLayer(layerWeightDecays(), layer),
            sparsity,
            net.penalties().sparsityTarget(),
            net.penalties().sparsityDecay());
    boolean gaussian = hidden == RbmUnits.GAUSSIAN || visible == RbmUnits.GAUSSIAN;
    return new RbmLayer(new RbmNetwork(inputs, machine), layerTraining(layer, stepSize(gaussian)));
  }

  private static RbmUnits hiddenUnits(Activation activation) {
    Check.that(
        activation == Activation.SIGMOID,
        "activation",
        "sigmoid: the hidden layers are trained as logistic units",
        Check.camelCase(activation));
    return RbmUnits.BERNOULLI;
  }

  private static RbmUnits units(String param, Activation activation) {
    Check.that(
        activation == Activation.SIGMOID || activation == Activation.LINEAR,
        param,
        "sigmoid or linear: logistic or gaussian units",
        Check.camelCase(activation));
    return activation == Activation.SIGMOID ? RbmUnits.BERNOULLI : RbmUnits.GAUSSIAN;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<DeepBeliefNetwork> read() {
    return new StageReader<>(DeepBeliefNetwork.class, DeepBeliefNetwork::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static DeepBeliefNetwork load(String path) {
    return read().load(path);
  }
}
