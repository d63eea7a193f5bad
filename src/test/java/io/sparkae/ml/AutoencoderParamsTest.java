package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.ValidationSettings;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;

/** What Spark's ParamsSuite asks of every stage. */
class AutoencoderParamsTest {
  private static final String[] NAMES = {
    "activation",
    "adamBeta1",
    "adamBeta2",
    "averaging",
    "batchSize",
    "clipNorm",
    "codeActivation",
    "codeDropout",
    "codeEntropy",
    "codeL1",
    "codeL2",
    "codeSize",
    "contraction",
    "corruption",
    "corruptionLevel",
    "epochs",
    "errorCol",
    "featuresCol",
    "handleInvalid",
    "hiddenDropout",
    "hiddenLayers",
    "inputCols",
    "inputDropout",
    "kSparse",
    "kSparseAlpha",
    "kSparseAnnealing",
    "kSparseStart",
    "loss",
    "maxIter",
    "microBatches",
    "momentum",
    "optimizer",
    "outputActivation",
    "outputCol",
    "patience",
    "reconstructionCol",
    "replicas",
    "schedule",
    "scheduleDecay",
    "scheduleEvery",
    "seed",
    "sparsityDecay",
    "sparsityTarget",
    "sparsityWeight",
    "stepSize",
    "stepsPerRound",
    "tiedWeights",
    "tol",
    "updatePrecision",
    "validationFraction",
    "validationIndicatorCol",
    "validationTol",
    "warmupEpochs",
    "weightDecay",
    "weightL1"
  };

  private static final List<String> WITHOUT_DEFAULT =
      List.of("errorCol", "inputCols", "outputCol", "reconstructionCol", "validationIndicatorCol");

  private static AutoencoderModel model(Autoencoder autoencoder) {
    return autoencoder.fit(Tables.vectors(Tables.lowRank(1, 20, 4), 1));
  }

  private static void checkParams(Params stage) {
    assertThat(stage.params())
        .extracting(Param::name)
        .containsExactly(CheckpointNames.with(stage, NAMES));
    for (Param<?> param : stage.params()) {
      assertThat(param.parent()).isEqualTo(stage.uid());
      assertThat(stage.getParam(param.name())).isSameAs(param);
      assertThat(param.doc()).isNotBlank();
      assertThat(stage.hasDefault(param))
          .isEqualTo(
              !WITHOUT_DEFAULT.contains(param.name()) && !param.name().equals("checkpointDir"));
      String explained = stage.explainParam(param);
      assertThat(stage.explainParams()).contains(explained);
      assertThat(explained.contains("default: ")).isEqualTo(stage.hasDefault(param));
    }
    assertThat(stage.hasParam("nonsense")).isFalse();
  }

  @Test
  void estimatorAndModelHaveTheParamsAndTheirDefaults() {
    checkParams(new Autoencoder());
    checkParams(model(new Autoencoder().setEpochs(1)));
  }

  @Test
  void explainParamsTellsTheDefaults() {
    assertThat(new Autoencoder().explainParams().lines())
        .contains(
            "codeSize: width of the code (a whole number of at least 1) (default: 32)",
            "stepSize: step size before the schedule (a positive number) (default: 0.001)",
            "handleInvalid: what becomes of rows with null, NaN or infinite values (error, skip)"
                + " (default: error)",
            "outputCol: column of the codes to make; none unless named (undefined)")
        .hasSize(NAMES.length + CheckpointParams.NAMES.size());
    Autoencoder set = new Autoencoder().setCodeSize(7).setHiddenLayers(new int[] {20, 10});
    assertThat(set.explainParams())
        .contains("(default: 32, current: 7)")
        .contains("(default: [], current: [20, 10])");
    assertThat(model(set.setEpochs(1)).explainParams().lines())
        .containsExactlyElementsOf(CheckpointNames.explainedWithout(set).lines().toList());
  }

  @Test
  void settersAreFollowedByTheirGetters() {
    Autoencoder a =
        new Autoencoder()
            .setFeaturesCol("f")
            .setInputCols(new String[] {"x", "y"})
            .setOutputCol("o")
            .setReconstructionCol("r")
            .setErrorCol("e")
            .setHandleInvalid("skip")
            .setHiddenLayers(new int[] {9, 8})
            .setCodeSize(2)
            .setActivation("elu")
            .setCodeActivation("tanh")
            .setOutputActivation("sigmoid")
            .setLoss("cosine")
            .setTiedWeights(true)
            .setWeightDecay(0.5)
            .setWeightL1(0.0625)
            .setCodeL1(0.125)
            .setCodeL2(0.25)
            .setCodeEntropy(0.375)
            .setSparsityWeight(0.625)
            .setSparsityTarget(0.75)
            .setSparsityDecay(0.875)
            .setContraction(0)
            .setCorruption("saltAndPepper")
            .setCorruptionLevel(0.125)
            .setInputDropout(0.25)
            .setHiddenDropout(0.375)
            .setCodeDropout(0.5)
            .setKSparse(1)
            .setKSparseStart(2)
            .setKSparseAnnealing(0.25)
            .setKSparseAlpha(1.5)
            .setOptimizer("nesterov")
            .setStepSize(0.25)
            .setMomentum(0.75)
            .setAdamBeta1(0.9)
            .setAdamBeta2(0.999)
            .setSchedule("step")
            .setScheduleDecay(0.125)
            .setScheduleEvery(3)
            .setWarmupEpochs(1.5)
            .setBatchSize(17)
            .setEpochs(4)
            .setAveraging("synchronous")
            .setReplicas(5)
            .setMicroBatches(6)
            .setStepsPerRound(11)
            .setUpdatePrecision("bfloat16")
            .setSeed(1L << 40)
            .setMaxIter(19)
            .setTol(0.03125)
            .setClipNorm(1.25)
            .setValidationFraction(0.375)
            .setValidationIndicatorCol("v")
            .setPatience(13)
            .setValidationTol(0.0625)
            .setCheckpointDir("c")
            .setCheckpointInterval(14)
            .setResume(true);
    assertThat(a.extractParamMap().size()).isEqualTo(NAMES.length + CheckpointParams.NAMES.size());
    assertThat(Arrays.stream(a.params()).allMatch(a::isSet)).isTrue();
    assertThat(
            List.of(
                a.getFeaturesCol(),
                String.join(" ", a.getInputCols()),
                a.getOutputCol(),
                a.getReconstructionCol(),
                a.getErrorCol(),
                a.getHandleInvalid()))
        .containsExactly("f", "x y", "o", "r", "e", "skip");
    assertThat(a.autoencoderSettings().toString())
        .isEqualTo(
            "AutoencoderSettings[hiddenLayers=[9, 8], codeSize=2, activation=ELU,"
                + " codeActivation=TANH, outputActivation=SIGMOID, loss=COSINE, tiedWeights=true,"
                + " penalties=Penalties[weightDecay=0.5, weightL1=0.0625, codeL1=0.125,"
                + " codeL2=0.25, codeEntropy=0.375, sparsityWeight=0.625, sparsityTarget=0.75,"
                + " sparsityDecay=0.875, contraction=0.0], noise=Noise[corruption=SALT_AND_PEPPER,"
                + " corruptionLevel=0.125, inputDropout=0.25, hiddenDropout=0.375,"
                + " codeDropout=0.5], kSparsity=KSparsity[k=1, start=2, annealing=0.25,"
                + " factor=1.5]]");
    assertThat(a.fullBatchSettings()).isEqualTo(new FullBatchSettings(19, 0.03125));
    a.clear(a.maxIter()).clear(a.tol());
    assertThat(a.trainingSettings().toString())
        .contains(
            "kind=NESTEROV, stepSize=0.25, momentum=0.75",
            "schedule=Schedule[kind=STEP, decay=0.125, every=3, warmupEpochs=1.5]",
            "batchSize=17, epochs=4, averaging=SYNCHRONOUS, replicas=5, microBatches=6,"
                + " stepsPerRound=11, seed=1099511627776",
            "clipNorm=1.25",
            "updatePrecision=BFLOAT16");
    assertThat(a.getValidationIndicatorCol()).isEqualTo("v");
    a.clear(a.validationIndicatorCol());
    assertThat(a.validationSettings()).isEqualTo(new ValidationSettings(0.375, 13, 0.0625));
  }

  @Test
  void fullBatchOptimizersTakeTheirOwnParams() {
    Autoencoder a = new Autoencoder().setOptimizer("lbfgs").setMaxIter(7).setTol(0.5);
    OptimizerSettings rule = a.trainingSettings().optimizer();
    assertThat(rule.kind()).isEqualTo(OptimizerSettings.Kind.LBFGS);
    assertThat(rule.fullBatch()).isEqualTo(new FullBatchSettings(7, 0.5));
    assertThat(new Autoencoder().explainParams())
        .contains("(sgd, momentum, nesterov, adagrad, adam, lazyAdam, lbfgs, conjugateGradient)");
  }

  @Test
  void copyOfTheEstimatorKeepsParamsUidAndListenerAndSharesNothing() {
    Autoencoder original = new Autoencoder().setCodeSize(7);
    int[] heard = new int[1];
    original.setTrainingListener(
        new TrainingListener() {
          @Override
          public void onEnd() {
            heard[0]++;
          }
        });
    Autoencoder copy =
        original.copy(new ParamMap().put(original.epochs().w(1)).put(original.seed().w(9L)));
    assertThat(copy).isNotSameAs(original);
    assertThat(copy.uid()).isEqualTo(original.uid());
    assertThat(List.of(copy.getCodeSize(), copy.getEpochs())).containsExactly(7, 1);
    assertThat(List.of(original.getEpochs(), (int) original.getSeed())).containsExactly(10, 1);
    copy.setCodeSize(3);
    original.setBatchSize(99);
    assertThat(original.getCodeSize()).isEqualTo(7);
    assertThat(copy.getBatchSize()).isEqualTo(256);
    model(copy);
    assertThat(heard[0]).isOne();
  }

  @Test
  void copyOfTheModelKeepsParamsWeightsParentAndSummaryAndSharesNothing() {
    Autoencoder estimator = new Autoencoder().setEpochs(1).setCodeSize(2);
    AutoencoderModel original = model(estimator);
    AutoencoderModel copy = original.copy(new ParamMap().put(original.outputCol().w("code")));
    assertThat(copy.uid()).isEqualTo(original.uid()).isEqualTo(estimator.uid());
    assertThat(copy.parent()).isSameAs(original.parent()).isSameAs(estimator);
    assertThat(copy.parameters()).containsExactly(original.parameters());
    assertThat(copy.summary()).isEqualTo(original.summary()).isPresent();
    assertThat(copy.getOutputCol()).isEqualTo("code");
    assertThat(original.getOutputCol()).isNull();
    copy.parameters()[0] = Float.NaN;
    assertThat(copy.parameters()[0]).isNotNaN();
    copy.setErrorCol("e");
    assertThat(original.getErrorCol()).isNull();
  }

  @Test
  void modelTakesOverTheParamsOfItsEstimator() {
    Autoencoder estimator =
        new Autoencoder().setEpochs(1).setCodeSize(2).setErrorCol("e").setHandleInvalid("skip");
    AutoencoderModel model = model(estimator);
    assertThat(model.explainParams().lines())
        .containsExactlyElementsOf(CheckpointNames.explainedWithout(estimator).lines().toList());
    estimator.setCodeSize(9);
    assertThat(model.getCodeSize()).isEqualTo(2);
    assertThat(model.toString())
        .isEqualTo("AutoencoderModel: uid=" + model.uid() + ", numFeatures=4, codeSize=2");
  }
}
