package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

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
class RbmParamsTest {
  private static final String[] NAMES = {
    "adamBeta1",
    "adamBeta2",
    "averaging",
    "batchSize",
    "clipNorm",
    "epochs",
    "errorCol",
    "featuresCol",
    "freeEnergyCol",
    "gibbsSteps",
    "handleInvalid",
    "hiddenType",
    "hiddenUnits",
    "inputCols",
    "maxIter",
    "microBatches",
    "momentum",
    "optimizer",
    "outputCol",
    "patience",
    "reconstructionCol",
    "replicas",
    "sampleCol",
    "sampleSteps",
    "sampleVisible",
    "schedule",
    "scheduleDecay",
    "scheduleEvery",
    "seed",
    "sparsityDecay",
    "sparsityTarget",
    "sparsityWeight",
    "stepSize",
    "stepsPerRound",
    "tol",
    "updatePrecision",
    "validationFraction",
    "validationIndicatorCol",
    "validationTol",
    "visibleDeviation",
    "visibleType",
    "warmupEpochs",
    "weightDecay"
  };

  private static final List<String> WITHOUT_DEFAULT =
      List.of(
          "errorCol",
          "freeEnergyCol",
          "inputCols",
          "outputCol",
          "reconstructionCol",
          "sampleCol",
          "validationIndicatorCol");

  private static RestrictedBoltzmannMachineModel model(RestrictedBoltzmannMachine machine) {
    return machine.fit(Tables.vectors(Tables.lowRank(1, 20, 4), 1));
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
      assertThat(stage.explainParams()).contains(stage.explainParam(param));
    }
  }

  @Test
  void estimatorAndModelHaveTheParamsAndTheirDefaults() {
    checkParams(new RestrictedBoltzmannMachine());
    checkParams(model(new RestrictedBoltzmannMachine().setEpochs(1)));
    assertThat(new RestrictedBoltzmannMachine().explainParams().lines())
        .contains(
            "hiddenUnits: width of the hidden layer (a whole number of at least 1) (default: 32)",
            "stepSize: step size before the schedule (a positive number) (default: 0.05)",
            "momentum: of momentum and nesterov (in [0, 1)) (default: 0.5)",
            "inputCols: columns of numbers to read as one row, instead of featuresCol (names of"
                + " columns, each once) (undefined)");
    assertThat(new RestrictedBoltzmannMachine().getOptimizer()).isEqualTo("momentum");
    assertThat(new RestrictedBoltzmannMachine().getBatchSize()).isEqualTo(100);
  }

  @Test
  void settersAreFollowedByTheirGetters() {
    RestrictedBoltzmannMachine machine =
        new RestrictedBoltzmannMachine()
            .setFeaturesCol("f")
            .setInputCols(new String[] {"x", "y"})
            .setOutputCol("o")
            .setReconstructionCol("r")
            .setErrorCol("e")
            .setFreeEnergyCol("g")
            .setSampleCol("s")
            .setSampleSteps(12)
            .setHandleInvalid("skip")
            .setHiddenUnits(9)
            .setVisibleType("gaussian")
            .setHiddenType("bernoulli")
            .setVisibleDeviation(0.5)
            .setGibbsSteps(3)
            .setSampleVisible(true)
            .setWeightDecay(0.25)
            .setSparsityWeight(0.125)
            .setSparsityTarget(0.375)
            .setSparsityDecay(0.625)
            .setOptimizer("nesterov")
            .setStepSize(0.75)
            .setMomentum(0.875)
            .setAdamBeta1(0.9)
            .setAdamBeta2(0.999)
            .setSchedule("cosine")
            .setScheduleDecay(0.0625)
            .setScheduleEvery(4)
            .setWarmupEpochs(1.5)
            .setBatchSize(17)
            .setEpochs(6)
            .setAveraging("synchronous")
            .setReplicas(5)
            .setMicroBatches(7)
            .setStepsPerRound(11)
            .setUpdatePrecision("bfloat16")
            .setSeed(1L << 40)
            .setClipNorm(1.25)
            .setMaxIter(100)
            .setTol(1e-6)
            .setValidationFraction(0.375)
            .setValidationIndicatorCol("v")
            .setPatience(13)
            .setValidationTol(0.0625)
            .setCheckpointDir("c")
            .setCheckpointInterval(14)
            .setResume(true);
    assertThat(Arrays.stream(machine.params()).allMatch(machine::isSet)).isTrue();
    assertThat(
            List.of(
                machine.getFeaturesCol(),
                String.join(" ", machine.getInputCols()),
                machine.getOutputCol(),
                machine.getReconstructionCol(),
                machine.getErrorCol(),
                machine.getFreeEnergyCol(),
                machine.getSampleCol(),
                machine.getSampleSteps(),
                machine.getHandleInvalid()))
        .containsExactly("f", "x y", "o", "r", "e", "g", "s", 12, "skip");
    assertThat(machine.rbmSettings().toString())
        .isEqualTo(
            "RbmSettings[hiddenUnits=9, visibleType=GAUSSIAN, hiddenType=BERNOULLI,"
                + " visibleDeviation=0.5, gibbsSteps=3, sampleVisible=true, weightDecay=0.25,"
                + " sparsityWeight=0.125, sparsityTarget=0.375, sparsityDecay=0.625]");
    assertThat(machine.trainingSettings().toString())
        .contains(
            "kind=NESTEROV, stepSize=0.75, momentum=0.875",
            "schedule=Schedule[kind=COSINE, decay=0.0625, every=4, warmupEpochs=1.5]",
            "batchSize=17, epochs=6, averaging=SYNCHRONOUS, replicas=5, microBatches=7,"
                + " stepsPerRound=11, seed=1099511627776",
            "clipNorm=1.25",
            "updatePrecision=BFLOAT16");
    machine.clear(machine.validationIndicatorCol());
    assertThat(machine.validationSettings()).isEqualTo(new ValidationSettings(0.375, 13, 0.0625));
  }

  @Test
  void copyOfTheEstimatorKeepsParamsUidAndListenerAndSharesNothing() {
    RestrictedBoltzmannMachine original = new RestrictedBoltzmannMachine().setHiddenUnits(7);
    int[] heard = new int[1];
    original.setTrainingListener(
        new TrainingListener() {
          @Override
          public void onEnd() {
            heard[0]++;
          }
        });
    RestrictedBoltzmannMachine copy =
        original.copy(new ParamMap().put(original.epochs().w(1)).put(original.seed().w(9L)));
    assertThat(copy.uid()).isEqualTo(original.uid());
    assertThat(List.of(copy.getHiddenUnits(), copy.getEpochs())).containsExactly(7, 1);
    assertThat(List.of(original.getEpochs(), (int) original.getSeed())).containsExactly(10, 1);
    copy.setHiddenUnits(3);
    assertThat(original.getHiddenUnits()).isEqualTo(7);
    model(copy);
    assertThat(heard[0]).isOne();
  }

  @Test
  void modelTakesOverTheParamsAndItsCopySharesNothing() {
    RestrictedBoltzmannMachine estimator =
        new RestrictedBoltzmannMachine().setEpochs(1).setHiddenUnits(2).setErrorCol("e");
    RestrictedBoltzmannMachineModel original = model(estimator);
    assertThat(original.explainParams().lines())
        .containsExactlyElementsOf(CheckpointNames.explainedWithout(estimator).lines().toList());
    assertThat(original.toString())
        .isEqualTo(
            "RestrictedBoltzmannMachineModel: uid="
                + original.uid()
                + ", numFeatures=4, hiddenUnits=2");
    RestrictedBoltzmannMachineModel copy =
        original.copy(new ParamMap().put(original.freeEnergyCol().w("g")));
    assertThat(copy.uid()).isEqualTo(original.uid()).isEqualTo(estimator.uid());
    assertThat(copy.parent()).isSameAs(original.parent()).isSameAs(estimator);
    assertThat(copy.summary()).isEqualTo(original.summary()).isPresent();
    assertThat(copy.getFreeEnergyCol()).isEqualTo("g");
    assertThat(original.getFreeEnergyCol()).isNull();
    copy.parameters()[0] = Float.NaN;
    assertThat(copy.parameters()).containsExactly(original.parameters());
    copy.setSeed(8).setSampleSteps(3);
    assertThat(List.of(original.getSeed(), (long) original.getSampleSteps()))
        .containsExactly(1L, 1L);
  }
}
