package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each layer of a stack is trained as the Params of layers say. */
class LayerTrainingTest {
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(3, 120, 8), 3);

  private static <S extends GreedyStack<S>> S small(S stack) {
    return stack
        .setHiddenLayers(new int[] {6})
        .setCodeSize(3)
        .setBatchSize(16)
        .setFineTune(false)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5)
        .setLayerEpochs(new int[] {2});
  }

  private static OptimizerSettings rule(GreedyStack<?> stack, int layer) {
    return stack.plan(stack.autoencoderSettings(), layer, 8, false).settings().optimizer();
  }

  @ParameterizedTest
  @CsvSource({
    "momentum, sigmoid, 0.05",
    "momentum, linear, 0.001",
    "sgd, sigmoid, 0.05",
    "nesterov, sigmoid, 0.05",
    "adagrad, sigmoid, 0.001",
    "adam, sigmoid, 0.001",
    "adam, linear, 0.001"
  })
  void stepSizeOfMachinesSuitsRuleAndUnits(String optimizer, String units, double stepSize) {
    DeepBeliefNetwork network =
        new DeepBeliefNetwork().setLayerOptimizer(optimizer).setCodeActivation(units);
    assertThat(rule(network, 0).stepSize()).isEqualTo(stepSize);
  }

  @Test
  void rulesOfLayersHaveTheirOwnDefaults() {
    OptimizerSettings machine = rule(new DeepBeliefNetwork(), 0);
    assertThat(machine.kind()).isEqualTo(OptimizerSettings.Kind.MOMENTUM);
    assertThat(machine.momentum()).isEqualTo(0.5);
    OptimizerSettings layer = rule(new StackedAutoencoder().setLayerOptimizer("nesterov"), 0);
    assertThat(layer.kind()).isEqualTo(OptimizerSettings.Kind.NESTEROV);
    assertThat(layer.momentum()).isEqualTo(0.9);
    assertThat(layer.stepSize()).isEqualTo(0.001);
    assertThat(new StackedAutoencoder().getLayerMomentum()).isEqualTo(0.9);
    assertThat(new DeepBeliefNetwork().getLayerMomentum()).isEqualTo(0.5);
  }

  @Test
  void everyLayerHasItsStepSize() {
    StackedAutoencoder stack =
        small(new StackedAutoencoder()).setLayerStepSizes(new double[] {0.1, 0.02});
    assertThat(rule(stack, 0).stepSize()).isEqualTo(0.1);
    assertThat(rule(stack, 1).stepSize()).isEqualTo(0.02);
    float[] one = firstLayer(stack.fit(TABLE));
    float[] other = firstLayer(stack.setLayerStepSizes(new double[] {0.1, 0.5}).fit(TABLE));
    float[] another = firstLayer(stack.setLayerStepSizes(new double[] {0.2, 0.02}).fit(TABLE));
    assertThat(other).containsExactly(one);
    assertThat(another).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void machinesAreTrainedByTheParamsOfLayers(int gibbsSteps) {
    float[] alone =
        new RestrictedBoltzmannMachine()
            .setHiddenUnits(6)
            .setBatchSize(16)
            .setEpochs(2)
            .setWeightDecay(0.01)
            .setStepSize(0.1)
            .setMomentum(0.75)
            .setOptimizer("nesterov")
            .setGibbsSteps(gibbsSteps)
            .setReplicas(2)
            .setMicroBatches(2)
            .setSeed(5)
            .fit(TABLE)
            .parameters();
    DeepBeliefNetwork network =
        small(new DeepBeliefNetwork())
            .setLayerOptimizer("nesterov")
            .setLayerStepSizes(new double[] {0.1, 0.2})
            .setLayerMomentum(0.75)
            .setLayerWeightDecays(new double[] {0.01})
            .setGibbsSteps(gibbsSteps);
    assertThat(firstLayer(network.fit(TABLE))).containsExactly(Arrays.copyOf(alone, 8 * 6));
  }

  @Test
  void sparseRowsTrainTheSameStackAsDenseOnes() {
    float[][] rows = Tables.sparse(6, 90, 60, 0.03);
    StackedAutoencoder stack =
        small(new StackedAutoencoder())
            .setFineTune(true)
            .setEpochs(2)
            .setActivation("sigmoid")
            .setLayerCorruption("masking")
            .setLayerCorruptionLevels(new double[] {0.2});
    List<Vector> dense =
        Arrays.stream(rows).<Vector>map(row -> Tables.vector(row).toDense()).toList();
    List<Vector> sparse = dense.stream().<Vector>map(Vector::toSparse).toList();
    float[] ofDense = stack.fit(table(dense)).parameters();
    float[] ofSparse = stack.fit(table(sparse)).parameters();
    assertThat(ofSparse).hasSameSizeAs(ofDense);
    for (int i = 0; i < ofDense.length; i++) {
      assertThat(ofSparse[i]).isCloseTo(ofDense[i], within(1e-4f));
    }
  }

  private static Dataset<Row> table(List<Vector> rows) {
    return Tables.values("features", SQLDataTypes.VectorType(), rows, 2);
  }

  private static float[] firstLayer(TrainedModel model) {
    return Arrays.copyOf(model.parameters(), 8 * 6);
  }
}
