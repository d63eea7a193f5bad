package io.sparkae.ml;

import static io.sparkae.ml.GreedyStackTest.layersAlone;
import static io.sparkae.ml.GreedyStackTest.small;
import static io.sparkae.ml.GreedyStackTest.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.spark.Tables;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Params of stacks that make no sense, or would do nothing, fail in one clear line. */
class StackRefusalsTest {
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(3, 24, 8), 2);

  private static Arguments refused(String message, GreedyStack<?> stack) {
    return arguments(message, stack);
  }

  private static String idle(String param) {
    return idle(param, "epochs");
  }

  private static String idle(String param, String heeded) {
    return param
        + " does nothing with fineTune false, which leaves the net as its parts were trained: leave"
        + " it out (the layers heed those named layer... and "
        + heeded
        + "), or set fineTune to true";
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused(
            "layerEpochs must be one value, or one for each of the 2 layers, not 3 values",
            stack().setLayerEpochs(new int[] {1, 2, 3})),
        refused(
            "layerCorruptionLevels must be one value, or one for each of the 2 layers, not 3 values",
            stack().setLayerCorruptionLevels(new double[] {0.1, 0.2, 0.3})),
        refused(
            "layerStepSizes must be positive numbers, not 0.0",
            stack().setLayerStepSizes(new double[] {0.1, 0})),
        refused(
            "activation must be sigmoid: the hidden layers are trained as logistic units, not relu",
            small(new DeepBeliefNetwork()).setActivation("relu")),
        refused(
            "codeActivation must be sigmoid or linear: logistic or gaussian units, not tanh",
            small(new DeepBeliefNetwork()).setCodeActivation("tanh")),
        refused(
            "activation must be sigmoid or tanh when layerSparsityWeights is above 0, not relu",
            stack().setActivation("relu").setLayerSparsityWeights(new double[] {1, 0})),
        refused(
            "codeActivation must be sigmoid, tanh, relu or linear when layerContractions is above 0,"
                + " not elu",
            stack().setCodeActivation("elu").setLayerContractions(new double[] {0, 1})),
        refused(
            "codeActivation must be sigmoid when layerSparsityWeights is above 0 for its layer, not"
                + " linear",
            small(new DeepBeliefNetwork())
                .setCodeActivation("linear")
                .setLayerSparsityWeights(new double[] {1})),
        refused(idle("hiddenDropout"), layersAlone(stack()).setHiddenDropout(0.5)),
        refused(idle("weightDecay"), layersAlone(stack()).setWeightDecay(1)),
        refused(idle("patience"), layersAlone(stack()).setPatience(3)),
        refused(idle("momentum"), layersAlone(stack()).setMomentum(0.5)),
        refused(idle("validationFraction"), layersAlone(stack()).setValidationFraction(0.25)));
  }

  private static StackedAutoencoder plain() {
    StackedAutoencoder stack = stack();
    stack.clear(stack.layerCorruption()).clear(stack.layerCorruptionLevels());
    return stack;
  }

  private static StackedAutoencoder allRows(StackedAutoencoder stack) {
    stack.clear(stack.batchSize()).clear(stack.epochs());
    return stack.setLayerOptimizer("lbfgs");
  }

  /** Whose layers are trained as long as the whole net. */
  private static StackedAutoencoder lengthOfAll(StackedAutoencoder stack) {
    stack.clear(stack.layerEpochs());
    return stack;
  }

  static Stream<Arguments> refusalsOfLayerSettings() {
    return Stream.of(
        refused(
            "layerCorruptionLevels must be above 0 for a layer when layerCorruption is masking, not"
                + " [0.0]",
            plain().setLayerCorruption("masking")),
        refused(
            "layerCorruption must be one of gaussian, masking, saltAndPepper when"
                + " layerCorruptionLevels has 0.1, not none",
            plain().setLayerCorruptionLevels(new double[] {0.1, 0})),
        refused(
            "layerCorruptionLevels must be at most 1, probabilities, when layerCorruption is"
                + " masking, not 1.5",
            stack().setLayerCorruptionLevels(new double[] {0.1, 1.5})),
        refused(
            "layerCorruption must be none when layerOptimizer is lbfgs, which needs the exact"
                + " gradient of one function, not masking",
            stack().setLayerOptimizer("lbfgs")),
        refused(
            "layerOptimizer conjugateGradient needs the exact gradient of one function, but"
                + " contrastive divergence draws its units at random and follows no loss's gradient:"
                + " use adam, or another optimizer that takes minibatches",
            small(new DeepBeliefNetwork()).setLayerOptimizer("conjugateGradient")),
        refused(
            "contraction must be 0 when hiddenLayers is not empty (layerContractions is each"
                + " layer's), not 0.1",
            stack().setContraction(0.1)),
        refused(
            "contraction must be 0 when hiddenLayers is not empty, not 0.1",
            small(new DeepBeliefNetwork()).setContraction(0.1)),
        refused(
            "layerMomentum does nothing with layerOptimizer adam: leave it out, or set"
                + " layerOptimizer to momentum or nesterov",
            stack().setLayerMomentum(0.5)),
        refused(
            "momentum does nothing with optimizer adam: leave it out, or set optimizer to momentum"
                + " or nesterov",
            small(new DeepBeliefNetwork()).setMomentum(0.5)));
  }

  static Stream<Arguments> refusalsOfIdleParams() {
    String onAllRows =
        " does nothing with layerOptimizer lbfgs, whose steps are on all rows and as long as a line"
            + " search finds: leave it out, and say with layerEpochs and tol where to end";
    String unweighted =
        " does nothing while sparsityWeight and layerSparsityWeights are 0: leave it out, or set"
            + " one of them";
    return Stream.of(
        refused(
            "layerStepSizes" + onAllRows, allRows(plain()).setLayerStepSizes(new double[] {0.1})),
        refused("layerMomentum" + onAllRows, allRows(plain()).setLayerMomentum(0.5)),
        refused("batchSize" + onAllRows, layersAlone(allRows(plain())).setBatchSize(16)),
        refused("clipNorm" + onAllRows, layersAlone(allRows(plain())).setClipNorm(1)),
        refused("averaging" + onAllRows, layersAlone(allRows(plain())).setAveraging("synchronous")),
        refused("stepsPerRound" + onAllRows, layersAlone(allRows(plain())).setStepsPerRound(3)),
        refused(
            "batchSize"
                + onAllRows
                    .replace("layerOptimizer", "optimizer")
                    .replace("layerEpochs", "maxIter"),
            allRows(plain()).setOptimizer("lbfgs").setBatchSize(16)),
        refused(
            "tol does nothing with layerOptimizer adam, which takes minibatches: leave it out, or"
                + " set layerOptimizer to lbfgs or conjugateGradient",
            layersAlone(stack()).setTol(0.1)),
        refused(idle("maxIter"), lengthOfAll(layersAlone(stack())).setMaxIter(3)),
        refused(
            idle("epochs", "maxIter"),
            lengthOfAll(allRows(plain()).setFineTune(false)).setEpochs(3)),
        refused(
            "tol does nothing with optimizer adam, which takes minibatches: leave it out, or set"
                + " optimizer to lbfgs or conjugateGradient",
            stack().setTol(0.1)),
        refused("sparsityTarget" + unweighted, stack().setSparsityTarget(0.2)),
        refused("sparsityDecay" + unweighted, small(new DeepBeliefNetwork()).setSparsityDecay(0.5)),
        refused(
            "kSparseAlpha does nothing while kSparse is 0: leave it out, or set kSparse",
            stack().setKSparseAlpha(2)));
  }

  @Test
  void whatEitherLayersOrTheWholeHeedIsTaken() {
    Stream.of(
            allRows(plain()).setBatchSize(16).setTol(0.1),
            allRows(plain()).setOptimizer("conjugateGradient").setTol(0.1),
            plain().setOptimizer("lbfgs").setBatchSize(16).setTol(0.1),
            layersAlone(allRows(plain())).setTol(0.1),
            layersAlone(stack()).setAveraging("synchronous").setClipNorm(1),
            stack().setLayerSparsityWeights(new double[] {0, 1}).setSparsityTarget(0.2),
            stack().setSparsityWeight(1).setSparsityDecay(0.5),
            stack().setLayerOptimizer("nesterov").setLayerMomentum(0.5),
            lengthOfAll(stack().setFineTune(false)).setEpochs(3),
            stack().setFineTune(false).setEpochs(3),
            lengthOfAll(plain().setOptimizer("lbfgs")).setEpochs(3),
            lengthOfAll(layersAlone(allRows(plain()))).setMaxIter(3),
            lengthOfAll(allRows(plain())).setMaxIter(3))
        .forEach(
            stack -> {
              if (stack.getLayerEpochs() != null
                  && (stack.getOptimizer().equals("lbfgs")
                      || stack.getOptimizer().equals("conjugateGradient"))) {
                stack.clear(stack.epochs());
              }
              assertThatCode(() -> stack.transformSchema(TABLE.schema()))
                  .doesNotThrowAnyException();
            });
  }

  @Test
  void frozenLayersAreNoOptimizersChoice() {
    assertThat(catchThrowable(() -> stack().setLayerOptimizer("frozen")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layerOptimizer must be one of sgd, momentum, nesterov, adagrad, adam, lazyAdam,"
                + " lbfgs, conjugateGradient, not frozen");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"refusals", "refusalsOfLayerSettings", "refusalsOfIdleParams"})
  void refusesBeforeAnyJob(String message, GreedyStack<?> stack) throws TimeoutException {
    try (JobCounter counter = new JobCounter()) {
      assertThat(catchThrowable(() -> stack.fit(TABLE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThat(counter.jobs()).isZero();
    }
  }
}
