package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.spark.Tables;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Params that make no sense fail in one clear line, before any Spark job. */
class InvalidParamsTest {
  private static final Dataset<Row> TABLE =
      Tables.vectors(Tables.lowRank(1, 20, 4), 2)
          .withColumn("label", functions.lit(1.0))
          .withColumn("name", functions.lit("x"));

  private static Arguments refused(String message, UnaryOperator<Autoencoder> setting) {
    return arguments(message, setting);
  }

  private static Stream<Arguments> settings() {
    return Stream.of(
        refused("codeSize must be a whole number of at least 1, not 0", a -> a.setCodeSize(0)),
        refused(
            "hiddenLayers must be whole numbers of at least 1, not [5, 0]",
            a -> a.setHiddenLayers(new int[] {5, 0})),
        refused(
            "outputActivation must be sigmoid when loss is crossEntropy, not linear",
            a -> a.setLoss("crossEntropy").setOutputActivation("linear")),
        refused(
            "activation must be one of sigmoid, tanh, relu, leakyRelu, elu, softplus, linear, not"
                + " swish",
            a -> a.setActivation("swish")),
        refused(
            "codeActivation must be one of sigmoid, tanh, relu, leakyRelu, elu, softplus, linear,"
                + " not Relu",
            a -> a.setCodeActivation("Relu")),
        refused(
            "loss must be one of squaredError, crossEntropy, cosine, not mse",
            a -> a.setLoss("mse")),
        refused(
            "optimizer must be one of sgd, momentum, nesterov, adagrad, adam, lazyAdam,"
                + " lbfgs, conjugateGradient, not frozen",
            a -> a.setOptimizer("frozen")),
        refused(
            "averaging must be one of local, synchronous, not global",
            a -> a.setAveraging("global")),
        refused(
            "handleInvalid must be one of error, skip, not keep", a -> a.setHandleInvalid("keep")),
        refused(
            "codeActivation must be sigmoid or tanh when sparsityWeight is above 0, not linear",
            a -> a.setSparsityWeight(1)),
        refused("sparsityTarget must be between 0 and 1, not 1.0", a -> a.setSparsityTarget(1)),
        refused(
            "hiddenLayers must be empty when contraction is above 0 (deeper encoders get it layer"
                + " by layer in a stack), not [5]",
            a -> a.setContraction(0.1).setHiddenLayers(new int[] {5})),
        refused(
            "codeActivation must be sigmoid, tanh, relu or linear when contraction is above 0, not"
                + " elu",
            a -> a.setContraction(0.1).setCodeActivation("elu")),
        refused(
            "kSparse must be 0 when contraction is above 0, not 3",
            a -> a.setContraction(0.1).setKSparse(3)),
        refused("kSparse must be at most codeSize, which is 32, not 33", a -> a.setKSparse(33)),
        refused(
            "kSparseStart must be 0 or at least kSparse, which is above 0 then (it is 5), not 4",
            a -> a.setKSparse(5).setKSparseStart(4)),
        refused(
            "corruptionLevel must be above 0 when corruption is masking, not 0.0",
            a -> a.setCorruption("masking")),
        refused(
            "corruptionLevel must be at most 1, a probability, when corruption is masking, not 2.0",
            a -> a.setCorruption("masking").setCorruptionLevel(2)),
        refused(
            "corruption must be one of gaussian, masking, saltAndPepper when corruptionLevel is"
                + " 0.3, not none",
            a -> a.setCorruptionLevel(0.3)),
        refused(
            "hiddenDropout must be 0 when hiddenLayers is empty (codeDropout and inputDropout are"
                + " of the other layers), not 0.5",
            a -> a.setHiddenDropout(0.5)),
        refused("codeDropout must be in [0, 1), not 1.0", a -> a.setCodeDropout(1)),
        refused("momentum must be in [0, 1), not 1.0", a -> a.setMomentum(1)),
        refused("momentum must be in [0, 1), not NaN", a -> a.setMomentum(Double.NaN)),
        refused("stepSize must be a positive number, not 0.0", a -> a.setStepSize(0)),
        refused("stepSize must be a positive number, not NaN", a -> a.setStepSize(Double.NaN)),
        refused(
            "stepSize must be a positive number, not Infinity",
            a -> a.setStepSize(Double.POSITIVE_INFINITY)),
        refused(
            "weightDecay must be a number of at least 0, not -0.1", a -> a.setWeightDecay(-0.1)),
        refused("scheduleDecay must be in (0, 1], not 0.0", a -> a.setScheduleDecay(0)),
        refused(
            "scheduleEvery must be a whole number of at least 1, not 0",
            a -> a.setScheduleEvery(0)),
        refused(
            "warmupEpochs must be a number of at least 0, not -1.0", a -> a.setWarmupEpochs(-1)),
        refused("clipNorm must be a number of at least 0, not -1.0", a -> a.setClipNorm(-1)),
        refused("validationFraction must be in [0, 1), not 1.0", a -> a.setValidationFraction(1)),
        refused("validationTol must be in [0, 1), not -0.1", a -> a.setValidationTol(-0.1)),
        refused("patience must be a whole number of at least 0, not -1", a -> a.setPatience(-1)),
        refused(
            "patience 3 needs rows to validate on: set validationFraction or"
                + " validationIndicatorCol",
            a -> a.setPatience(3)),
        refused(
            "validationFraction 0.25 and validationIndicatorCol label exclude each other: set one"
                + " of them",
            a -> a.setValidationFraction(0.25).setValidationIndicatorCol("label")),
        refused("maxIter must be a whole number of at least 1, not 0", a -> a.setMaxIter(0)),
        refused("tol must be a number of at least 0, not -1.0", a -> a.setTol(-1)),
        refused("batchSize must be a whole number of at least 1, not 0", a -> a.setBatchSize(0)),
        refused("epochs must be a whole number of at least 1, not 0", a -> a.setEpochs(0)),
        refused("replicas must be a whole number of at least 0, not -1", a -> a.setReplicas(-1)),
        refused(
            "microBatches must be a whole number of at least 0, not -2",
            a -> a.setMicroBatches(-2)),
        refused(
            "stepsPerRound must be a whole number of at least 0, not -1",
            a -> a.setStepsPerRound(-1)));
  }

  /** Whoever sets them has meant something else. */
  private static Stream<Arguments> idle() {
    UnaryOperator<Autoencoder> lbfgs = a -> a.setOptimizer("lbfgs");
    String onAllRows =
        " does nothing with optimizer lbfgs, whose steps are on all rows and as long as a line"
            + " search finds: leave it out, and say with maxIter and tol where to end";
    String inMinibatches =
        ", which takes minibatches: leave it out, or set optimizer to lbfgs or conjugateGradient";
    return Stream.of(
        refused("epochs" + onAllRows, a -> lbfgs.apply(a).setEpochs(11)),
        refused("batchSize" + onAllRows, a -> lbfgs.apply(a).setBatchSize(5)),
        refused("stepSize" + onAllRows, a -> lbfgs.apply(a).setStepSize(1)),
        refused("momentum" + onAllRows, a -> lbfgs.apply(a).setMomentum(0.5)),
        refused("schedule" + onAllRows, a -> lbfgs.apply(a).setSchedule("cosine")),
        refused("scheduleDecay" + onAllRows, a -> lbfgs.apply(a).setScheduleDecay(0.5)),
        refused("scheduleEvery" + onAllRows, a -> lbfgs.apply(a).setScheduleEvery(2)),
        refused("warmupEpochs" + onAllRows, a -> lbfgs.apply(a).setWarmupEpochs(2)),
        refused("clipNorm" + onAllRows, a -> lbfgs.apply(a).setClipNorm(2)),
        refused("averaging" + onAllRows, a -> lbfgs.apply(a).setAveraging("synchronous")),
        refused("stepsPerRound" + onAllRows, a -> lbfgs.apply(a).setStepsPerRound(2)),
        refused("updatePrecision" + onAllRows, a -> lbfgs.apply(a).setUpdatePrecision("bfloat16")),
        refused(
            "epochs" + onAllRows.replace("lbfgs", "conjugateGradient"),
            a -> a.setEpochs(2).setOptimizer("conjugateGradient")),
        refused("maxIter does nothing with optimizer adam" + inMinibatches, a -> a.setMaxIter(9)),
        refused(
            "optimizer lbfgs needs the exact gradient of one function, but training draws noise at"
                + " random (corruption, hiddenDropout): use adam, or another optimizer that takes"
                + " minibatches",
            a ->
                lbfgs
                    .apply(a)
                    .setCorruption("masking")
                    .setCorruptionLevel(0.3)
                    .setHiddenLayers(new int[] {5})
                    .setHiddenDropout(0.5)),
        refused(
            "optimizer lbfgs needs the exact gradient of one function, but kSparseStart lets the"
                + " number of units that stay change in training: use adam, or another optimizer"
                + " that takes minibatches",
            a -> lbfgs.apply(a).setKSparse(2).setKSparseStart(5)),
        refused(
            "adamBeta1 does nothing while optimizer is sgd: leave it out, or set optimizer to adam",
            a -> a.setOptimizer("sgd").setAdamBeta1(0.5)),
        refused(
            "adamBeta2 does nothing while optimizer is sgd: leave it out, or set optimizer to adam",
            a -> a.setOptimizer("sgd").setAdamBeta2(0.5)),
        refused(
            "momentum does nothing with optimizer adam: leave it out, or set optimizer to momentum"
                + " or nesterov",
            a -> a.setMomentum(0.5)),
        refused(
            "sparsityTarget does nothing while sparsityWeight is 0: leave it out, or set sparsityWeight",
            a -> a.setSparsityTarget(0.1)),
        refused(
            "sparsityDecay does nothing while sparsityWeight is 0: leave it out, or set sparsityWeight",
            a -> a.setSparsityDecay(0.5)),
        refused(
            "kSparseAlpha does nothing while kSparse is 0: leave it out, or set kSparse",
            a -> a.setKSparseAlpha(2)),
        refused(
            "kSparseAnnealing does nothing while kSparseStart is 0: leave it out, or set kSparseStart",
            a -> a.setKSparse(3).setKSparseAnnealing(0.2)),
        refused(
            "tol does nothing with optimizer sgd" + inMinibatches,
            a -> a.setOptimizer("sgd").setTol(0)));
  }

  private static Stream<Arguments> columns() {
    return Stream.of(
        refused(
            "featuresCol pixels is not among the columns features, label, name",
            a -> a.setFeaturesCol("pixels")),
        refused(
            "featuresCol name must be a Vector, array<float> or array<double>, not string",
            a -> a.setFeaturesCol("name")),
        refused(
            "featuresCol label must be a Vector, array<float> or array<double>, not double:"
                + " columns of numbers are named by inputCols",
            a -> a.setFeaturesCol("label")),
        refused(
            "validationIndicatorCol held is not among the columns features, label, name",
            a -> a.setValidationIndicatorCol("held")),
        refused(
            "validationIndicatorCol label must be of booleans, not double",
            a -> a.setValidationIndicatorCol("label")),
        refused("outputCol label is already a column: name another", a -> a.setOutputCol("label")),
        refused(
            "reconstructionCol code is already a column: name another",
            a -> a.setOutputCol("code").setReconstructionCol("code")),
        refused("errorCol name is already a column: name another", a -> a.setErrorCol("name")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"settings", "idle", "columns"})
  void fitRefusesBeforeAnyJob(String message, UnaryOperator<Autoencoder> setting)
      throws TimeoutException {
    try (JobCounter counter = new JobCounter()) {
      Throwable refusal = catchThrowable(() -> setting.apply(new Autoencoder()).fit(TABLE));
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
      assertThat(counter.jobs()).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void transformSchemaRefusesTheSameColumns(String message, UnaryOperator<Autoencoder> setting) {
    assertThat(
            catchThrowable(() -> setting.apply(new Autoencoder()).transformSchema(TABLE.schema())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void paramMapOfFitIsCheckedLikeASetter() throws TimeoutException {
    Autoencoder autoencoder = new Autoencoder();
    try (JobCounter counter = new JobCounter()) {
      assertThat(
              catchThrowable(
                  () -> autoencoder.fit(TABLE, new ParamMap().put(autoencoder.codeSize().w(-3)))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("codeSize must be a whole number of at least 1, not -3");
      assertThat(counter.jobs()).isZero();
    }
  }

  @Test
  void counterSeesTheJobsOfATraining() throws TimeoutException {
    try (JobCounter counter = new JobCounter()) {
      Easy.autoencoder().fit(TABLE);
      assertThat(counter.jobs()).isGreaterThan(2);
    }
  }
}
