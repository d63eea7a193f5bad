package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.spark.NothingStaysInMemory;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack is what its layers are, trained by hand one on the codes of the other. */
@ExtendWith(NothingStaysInMemory.class)
class GreedyStackTest {
  private static final int WIDTH = 8;
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(3, 120, WIDTH), 3);

  @TempDir private Path folder;

  static StackedAutoencoder stack() {
    return small(new StackedAutoencoder())
        .setActivation("sigmoid")
        .setCodeActivation("tanh")
        .setOutputActivation("sigmoid")
        .setLoss("crossEntropy")
        .setLayerCorruption("masking")
        .setLayerCorruptionLevels(new double[] {0.25, 0.1});
  }

  static <S extends GreedyStack<S>> S small(S stack) {
    return stack
        .setHiddenLayers(new int[] {6})
        .setCodeSize(3)
        .setBatchSize(16)
        .setEpochs(2)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5)
        .setLayerEpochs(new int[] {2, 3});
  }

  static <S extends GreedyStack<S>> S layersAlone(S stack) {
    stack.clear(stack.epochs());
    return stack.setFineTune(false);
  }

  private static Autoencoder layer(int size, int epochs, double level) {
    return new Autoencoder()
        .setCodeSize(size)
        .setBatchSize(16)
        .setEpochs(epochs)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5)
        .setCorruption("masking")
        .setCorruptionLevel(level);
  }

  private static float[] slice(TrainedModel model, String name) {
    ParameterSlice slice =
        model.layout().slices().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    return Arrays.copyOfRange(model.parameters(), slice.offset(), slice.end());
  }

  private static void assertSame(
      TrainedModel whole, String name, TrainedModel layer, String layerName) {
    assertSameBits(name, slice(whole, name), slice(layer, layerName));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pretrainedStackIsItsLayersTrainedByHand(boolean tied) {
    AutoencoderModel first =
        layer(6, 2, 0.25)
            .setTiedWeights(tied)
            .setCodeActivation("sigmoid")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .fit(TABLE);
    Dataset<Row> codes = first.setOutputCol("codes").transform(TABLE);
    AutoencoderModel second =
        layer(3, 3, 0.1)
            .setTiedWeights(tied)
            .setFeaturesCol("codes")
            .setCodeActivation("tanh")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .fit(codes);
    AutoencoderModel whole = layersAlone(stack().setTiedWeights(tied)).fit(TABLE);
    assertSame(whole, "encoder.0.weight", first, "encoder.0.weight");
    assertSame(whole, "encoder.0.bias", first, "encoder.0.bias");
    assertSame(whole, "encoder.1.weight", second, "encoder.0.weight");
    assertSame(whole, "encoder.1.bias", second, "encoder.0.bias");
    assertSame(whole, "decoder.0.bias", second, "decoder.0.bias");
    assertSame(whole, "decoder.1.bias", first, "decoder.0.bias");
    if (!tied) {
      assertSame(whole, "decoder.0.weight", second, "decoder.0.weight");
      assertSame(whole, "decoder.1.weight", first, "decoder.0.weight");
    }
  }

  /** Layers are wide enough for the kernels of large products, and blocks end where they like. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void stackIsTheSameHoweverRowsArePartitioned(int partitions) {
    float[][] rows = Tables.lowRank(3, 301, 64);
    StackedAutoencoder stack =
        stack().setHiddenLayers(new int[] {48}).setCodeSize(40).setLayerEpochs(new int[] {2});
    float[] expected = stack.fit(Tables.vectors(rows, 3)).parameters();
    float[] parameters = stack.fit(Tables.vectors(rows, partitions)).parameters();
    assertSameBits("parameters", parameters, expected);
  }

  @Test
  void penaltiesOfLayersAreThoseOfTheirAutoencoders() {
    AutoencoderModel first =
        layer(6, 2, 0.25)
            .setCodeActivation("sigmoid")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .setWeightDecay(0.02)
            .setSparsityWeight(0.3)
            .setSparsityTarget(0.2)
            .setContraction(0.1)
            .fit(TABLE);
    AutoencoderModel whole =
        layersAlone(
                stack()
                    .setLayerWeightDecays(new double[] {0.02, 0})
                    .setLayerSparsityWeights(new double[] {0.3, 0})
                    .setSparsityTarget(0.2)
                    .setLayerContractions(new double[] {0.1, 0}))
            .fit(TABLE);
    assertSame(whole, "encoder.0.weight", first, "encoder.0.weight");
  }

  @Test
  void settingsOfMinibatchesAreTheLayersWhereTheWholeTakesAllRows() {
    StackedAutoencoder whole =
        new StackedAutoencoder()
            .setHiddenLayers(new int[] {6})
            .setCodeSize(3)
            .setBatchSize(16)
            .setLayerEpochs(new int[] {2})
            .setOptimizer("lbfgs")
            .setMaxIter(2);
    TrainingSummary summary = whole.fit(TABLE).summary().orElseThrow();
    assertThat(summary.pretraining().get(0).totalSteps()).isEqualTo(2 * (120 / 16 + 1));
    assertThat(summary.totalEpochs()).isEqualTo(2);
    TrainingSummary byLbfgs =
        whole
            .setOptimizer("adam")
            .setMaxIter(100) // the default
            .setLayerOptimizer("lbfgs")
            .setLayerEpochs(new int[] {3, 4})
            .fit(TABLE)
            .summary()
            .orElseThrow();
    assertThat(byLbfgs.pretraining())
        .extracting(TrainingSummary::totalEpochs)
        .containsExactly(3, 4);
  }

  @Test
  void layersThatNoCrossEntropySuitsAreTrainedBySquaredError() {
    AutoencoderModel whole =
        layersAlone(
                stack()
                    .setActivation("relu")
                    .setLayerCorruption("none")
                    .setLayerCorruptionLevels(new double[] {0}))
            .fit(TABLE);
    Autoencoder plain = layer(6, 2, 0.1).setCorruption("none").setCorruptionLevel(0);
    AutoencoderModel first =
        plain
            .setCodeActivation("relu")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .fit(TABLE);
    AutoencoderModel second =
        layer(3, 3, 0.1)
            .setCorruption("none")
            .setCorruptionLevel(0)
            .setFeaturesCol("codes")
            .setCodeActivation("tanh")
            .setOutputActivation("relu")
            .setLoss("squaredError")
            .fit(first.setOutputCol("codes").transform(TABLE));
    assertSame(whole, "encoder.1.weight", second, "encoder.0.weight");
    assertSame(whole, "decoder.0.weight", second, "decoder.0.weight");
  }

  @Test
  void pretrainedBeliefNetworkIsItsMachinesTrainedByHandAndUnrolled() {
    RestrictedBoltzmannMachine machine =
        new RestrictedBoltzmannMachine()
            .setHiddenUnits(6)
            .setBatchSize(16)
            .setEpochs(2)
            .setWeightDecay(2e-4)
            .setReplicas(2)
            .setMicroBatches(2)
            .setSeed(5);
    RestrictedBoltzmannMachineModel first = machine.fit(TABLE);
    RestrictedBoltzmannMachineModel second =
        machine
            .setHiddenUnits(3)
            .setHiddenType("gaussian")
            .setStepSize(0.001)
            .setEpochs(3)
            .setFeaturesCol("codes")
            .fit(first.setOutputCol("codes").transform(TABLE));
    AutoencoderModel whole =
        layersAlone(small(new DeepBeliefNetwork()).setCodeActivation("linear")).fit(TABLE);
    List<ParameterSlice> top = second.layout().slices();
    assertSame(whole, "encoder.0.weight", first, first.layout().slices().get(0).name());
    assertSame(whole, "encoder.0.bias", first, "hidden.bias");
    assertSame(whole, "decoder.1.bias", first, "visible.bias");
    assertSame(whole, "encoder.1.weight", second, top.get(0).name());
    assertSame(whole, "encoder.1.bias", second, "hidden.bias");
    assertSame(whole, "decoder.0.bias", second, "visible.bias");
    assertSameBits(
        "decoder.1.weight",
        slice(whole, "decoder.1.weight"),
        transposed(slice(whole, "encoder.0.weight"), WIDTH, 6));
    assertSameBits(
        "decoder.0.weight",
        slice(whole, "decoder.0.weight"),
        transposed(slice(whole, "encoder.1.weight"), 6, 3));
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = matrix[row * columns + column];
      }
    }
    return result;
  }

  /** Hears the names of the phases, and the losses. */
  private static final class Diary implements TrainingListener {
    private final List<String> phases = new ArrayList<>();

    @Override
    public void onPhase(String name, int number, int count) {
      phases.add(number + "/" + count + " " + name);
    }
  }

  @Test
  void fineTuningStartsFromTheLayersAndLowersTheLoss() {
    Diary diary = new Diary();
    StackedAutoencoder stack =
        stack().setLayerEpochs(new int[] {30}).setEpochs(20).setTrainingListener(diary);
    TrainingSummary summary = stack.fit(TABLE).summary().orElseThrow();
    TrainingSummary fresh =
        new Autoencoder()
            .setHiddenLayers(new int[] {6})
            .setCodeSize(3)
            .setActivation("sigmoid")
            .setCodeActivation("tanh")
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .setBatchSize(16)
            .setEpochs(20)
            .setReplicas(2)
            .setMicroBatches(2)
            .setSeed(5)
            .fit(TABLE)
            .summary()
            .orElseThrow();
    assertThat(diary.phases)
        .containsExactly("1/3 layer 1, 8-6", "2/3 layer 2, 6-3", "3/3 fine-tuning");
    assertThat(summary.phase()).isEqualTo("fine-tuning");
    assertThat(summary.pretraining()).extracting(TrainingSummary::totalEpochs).contains(30, 30);
    assertThat(summary.objectiveHistory()[0]).isLessThan(fresh.objectiveHistory()[0]);
    assertThat(summary.objectiveHistory()[19]).isLessThan(summary.objectiveHistory()[0]);
  }

  @Test
  void layersTakeAsManyPassesAsTheWholeUnlessTheyHaveTheirOwn() {
    StackedAutoencoder stack = stack();
    stack.clear(stack.layerEpochs());
    assertThat(stack.setEpochs(4).fit(TABLE).summary().orElseThrow().pretraining())
        .extracting(TrainingSummary::totalEpochs)
        .containsExactly(4, 4);
    stack.clear(stack.layerCorruption()).clear(stack.layerCorruptionLevels());
    stack.setLayerOptimizer("lbfgs").setMaxIter(3);
    assertThat(stack.fit(TABLE).summary().orElseThrow().pretraining())
        .extracting(TrainingSummary::totalEpochs)
        .containsExactly(3, 3);
  }

  @Test
  void modelKeepsTheCurvesOfItsLayers() throws IOException {
    AutoencoderModel model = stack().fit(TABLE);
    String path = folder.resolve("model").toString();
    model.write().save(path);
    TrainingSummary read = AutoencoderModel.load(path).summary().orElseThrow();
    assertThat(read.pretraining()).extracting(TrainingSummary::phase).hasSize(2);
    assertThat(read.pretraining().get(1).objectiveHistory())
        .isEqualTo(model.summary().orElseThrow().pretraining().get(1).objectiveHistory());
    assertThat(read.settings())
        .containsEntry("layerCorruptionLevels", "[0.25, 0.1]")
        .containsEntry("layerEpochs", "[2, 3]")
        .doesNotContainKey("layerContractions");
  }

  @Test
  void sameRowsAreHeldBackInEveryPhase() {
    TrainingSummary summary =
        stack().setValidationFraction(0.25).fit(TABLE).summary().orElseThrow();
    assertThat(summary.validationRows()).isEqualTo(30);
    assertThat(summary.pretraining()).extracting(TrainingSummary::rows).containsOnly(90L);
    assertThat(summary.pretraining()).extracting(TrainingSummary::validationRows).containsOnly(0L);
    assertThat(summary.pretraining().get(1).bestEpoch()).isEqualTo(2); // the last of three
  }

  @Test
  void sameStackIsReadThatWasWritten() throws IOException {
    String path = folder.resolve("estimator").toString();
    stack().write().save(path);
    AutoencoderModel fromRead = StackedAutoencoder.load(path).fit(TABLE);
    assertSameBits("parameters", fromRead.parameters(), stack().fit(TABLE).parameters());
    String other = folder.resolve("network").toString();
    DeepBeliefNetwork network = small(new DeepBeliefNetwork()).setGibbsSteps(2);
    network.write().save(other);
    assertSameBits(
        "parameters",
        DeepBeliefNetwork.load(other).fit(TABLE).parameters(),
        network.fit(TABLE).parameters());
  }

  @Test
  void anotherOptimizerOfLayersIsHeeded() {
    AutoencoderModel byRule =
        stack().setLayerCorruption("none").setLayerCorruptionLevels(new double[] {0}).fit(TABLE);
    AutoencoderModel byLbfgs =
        stack()
            .setLayerCorruption("none")
            .setLayerCorruptionLevels(new double[] {0})
            .setLayerOptimizer("lbfgs")
            .fit(TABLE);
    assertThat(byLbfgs.parameters()).isNotEqualTo(byRule.parameters());
  }
}
