package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.Schedule;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A deep autoencoder whose layers are trained one after the other, each on the codes of the one
 * before, which are computed once, and then all together, as Params for the whole net say.
 *
 * @param <S> the estimator itself
 */
abstract class GreedyStack<S extends GreedyStack<S>> extends TrainedEstimator<S, AutoencoderModel>
    implements AutoencoderParams,
        ColumnSetters<S>,
        NetworkSetters<S>,
        TrainingSetters<S>,
        ValidationSetters<S>,
        LayerSetters<S>,
        Phased {
  private static final long serialVersionUID = 1L;

  private final Holders holders;
  private final LayerParams.Holder layers;

  GreedyStack(String uid) {
    super(uid);
    this.holders = new Holders(this);
    this.layers = new LayerParams.Holder(this);
    holders.setDefaults(this);
    layers.setDefaults(this);
  }

  @Override
  public final Holders holders() {
    return holders;
  }

  @Override
  public final LayerParams.Holder layerParams() {
    return layers;
  }

  /**
   * How a layer is trained.
   *
   * @param net the whole net
   * @param layer number of the layer, from 0
   * @param inputs width of its input
   * @param sparse whether the rows of the whole net come as their non-zero elements
   * @throws IllegalArgumentException if the Params make no sense for it
   */
  abstract LayerPlan plan(AutoencoderSettings net, int layer, int inputs, boolean sparse);

  /** The rule by which layers are trained, unless Params name another. */
  abstract OptimizerSettings layerRule();

  /** The features as the net and its layers can read them, with the range that they need. */
  abstract InputColumn readable(InputColumn features, AutoencoderSettings net);

  /**
   * Trains layer by layer, and then the whole unless {@link #fineTune()} is false.
   *
   * @throws IllegalArgumentException before any Spark job, if the Params or the schema make no
   *     sense
   */
  @Override
  public AutoencoderModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    AutoencoderSettings settings = autoencoderSettings();
    InputColumn column = readable(Features.inspect(dataset, this), settings);
    AutoencoderNetwork net = new AutoencoderNetwork(column.spec().width(), settings);
    int count = net.encoder().layers() + (getFineTune() ? 1 : 0);
    Phases phases =
        new Phases(dataset.sparkSession(), listener(), checkpoints(dataset, Map.of()), count);
    float[] weights;
    try (TrainingRows rows = Validation.pack(this, dataset, List.of(column))) {
      weights = pretrain(phases, net, rows, column.spec().sparse());
      if (getFineTune()) {
        weights =
            phases.train(
                "fine-tuning",
                new AutoencoderObjective(net, column.spec().sparse()),
                trainingSettings().withValidation(validationSettings()),
                rows,
                weights);
      }
    }
    AutoencoderModel model =
        new AutoencoderModel(uid(), column.spec().width(), weights, phases.summary(this));
    return finished(model);
  }

  private float[] pretrain(
      Phases phases, AutoencoderNetwork net, TrainingRows rows, boolean sparse) {
    float[] weights = net.layout().initialParameters(getSeed());
    int last = net.encoder().layers() - 1;
    TrainingRows inputs = rows.trainingOnly(); // layers keep their last epoch
    try {
      for (int layer = 0; layer <= last; layer++) {
        int width = net.encoder().width(layer);
        LayerPlan plan = plan(net.settings(), layer, width, sparse && layer == 0);
        String name = "layer " + (layer + 1);
        String shape = name + ", " + width + "-" + net.encoder().width(layer + 1);
        float[] trained = phases.train(shape, plan.objective(), plan.settings(), inputs, null);
        plan.unroll(trained, net, layer, weights);
        if (layer < last) {
          TrainingRows codes = inputs.encoded(name, plan.program(trained));
          inputs.close();
          inputs = codes;
        }
      }
    } finally {
      inputs.close();
    }
    return weights;
  }

  @Override
  public final List<Param<?>> heededBefore() {
    List<Param<?>> heeded = new ArrayList<>();
    if (!getFineTune() || layerKind().isFullBatch()) {
      heeded.add(tol());
    }
    if (!getFineTune() || !layerKind().isFullBatch()) {
      heeded.addAll(IdleParams.ofRounds(this));
    }
    if (getLayerEpochs() == null) {
      heeded.add(passesOfAll());
    }
    return heeded;
  }

  /** Params that hold for the training of the whole net alone. */
  private List<Param<?>> untuned() {
    List<Param<?>> params = new ArrayList<>(IdleParams.ofSteps(this));
    params.addAll(noiseParams().all());
    params.addAll(penaltyParams().ofWholeNets());
    params.addAll(List.of(kSparseStart(), validationFraction(), patience(), validationTol()));
    params.remove(passesOfAll()); // the layers heed it, unless they have their own
    return params;
  }

  /** Params that the layers do not heed with their optimizer, nor the whole net. */
  private List<Param<?>> idleInLayers() {
    List<Param<?>> params = new ArrayList<>();
    if (layerKind().isFullBatch()) {
      params.addAll(List.of(layerStepSizes(), layerMomentum()));
    }
    if (!getFineTune()) {
      params.addAll(layerKind().isFullBatch() ? IdleParams.ofRounds(this) : List.of(tol()));
    }
    return params;
  }

  /** The rule by which layers are trained. */
  final OptimizerSettings.Kind layerKind() {
    return getLayerOptimizer() == null
        ? layerRule().kind()
        : Check.choice(OptimizerSettings.Kind.class, "layerOptimizer", getLayerOptimizer());
  }

  /**
   * How a layer is trained.
   *
   * @param byDefault step size unless Params name another
   */
  final TrainingSettings layerTraining(int layer, double byDefault) {
    double[] sizes = getLayerStepSizes();
    double stepSize = sizes == null ? byDefault : ofLayer(layerStepSizes(), layer);
    Check.that(stepSize > 0, "layerStepSizes", "positive numbers", stepSize);
    int passes = passes(layer);
    OptimizerSettings optimizer =
        layerRule()
            .withKind(layerKind())
            .withStepSize(stepSize)
            .withMomentum(getLayerMomentum())
            .withSchedule(Schedule.CONSTANT)
            .withClipNorm(getClipNorm())
            .withFullBatch(new FullBatchSettings(passes, getTol()));
    return trainingSettings().withOptimizer(optimizer).withEpochs(passes);
  }

  /** The value for a layer of a Param that has one for all or one for each. */
  final double ofLayer(DoubleArrayParam param, int layer) {
    double[] values = getOrDefault(param);
    checkCount(param.name(), values.length);
    return values[values.length == 1 ? 0 : layer];
  }

  private int passes(int layer) {
    int[] values = getLayerEpochs();
    if (values == null) {
      return (int) getOrDefault(passesOfAll());
    }
    checkCount("layerEpochs", values.length);
    return values[values.length == 1 ? 0 : layer];
  }

  /** What says how long layers are trained that have no {@link #layerEpochs()}. */
  private IntParam passesOfAll() {
    return layerKind().isFullBatch() ? maxIter() : epochs();
  }

  private void checkCount(String name, int count) {
    int all = getHiddenLayers().length + 1;
    Check.that(
        count == 1 || count == all,
        name,
        "one value, or one for each of the " + all + " layers",
        count + " values");
  }

  private void checkContraction() {
    String instead = hasParam("layerContractions") ? " (layerContractions is each layer's)" : "";
    Check.that(
        getContraction() == 0 || getHiddenLayers().length == 0,
        "contraction",
        "0 when hiddenLayers is not empty" + instead,
        getContraction());
  }

  private void refuseIdle() {
    IdleParams.refuse(this, "layerOptimizer", layerKind(), idleInLayers());
    IdleParams.refuseMomentum(this, "layerOptimizer", layerKind(), layerMomentum());
    IdleParams.refuseKSparsity(this);
    boolean sparse =
        getSparsityWeight() > 0 || Arrays.stream(getLayerSparsityWeights()).anyMatch(w -> w > 0);
    IdleParams.refuseUnless(
        sparse,
        this,
        List.of(sparsityTarget(), sparsityDecay()),
        "sparsityWeight and layerSparsityWeights are 0",
        "one of them");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkContraction();
    AutoencoderSettings settings = autoencoderSettings();
    if (!getFineTune()) {
      IdleParams.refuseUntuned(
          this, untuned(), "the layers heed those named layer... and " + passesOfAll().name());
    }
    AutoencoderNetwork net = new AutoencoderNetwork(1, settings);
    for (int layer = 0; layer < net.encoder().layers(); layer++) {
      LayerPlan plan = plan(settings, layer, net.encoder().width(layer), false);
      FullBatchLoop.requireSuited(plan.objective(), "layerOptimizer", layerKind());
    }
    refuseIdle();
    FullBatchLoop.requireSuited(
        new AutoencoderObjective(net, false), "optimizer", trainingSettings().optimizer().kind());
    Validation.check(this, schema);
    return OutputSchema.of(this, schema, getCodeSize());
  }
}
