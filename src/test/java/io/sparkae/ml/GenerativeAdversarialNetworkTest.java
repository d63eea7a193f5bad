package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model: generated rows are like those of the data. */
class GenerativeAdversarialNetworkTest {
  private static final Dataset<Row> TABLE = Tables.vectors(normal(800), 3);

  @TempDir private Path folder;

  /** Means 2 and −1, deviations 0.5 and 0.25. */
  private static float[][] normal(int rows) {
    Random random = new Random(4);
    float[][] table = new float[rows][];
    for (int i = 0; i < rows; i++) {
      table[i] =
          new float[] {
            (float) (2 + 0.5 * random.nextGaussian()), (float) (-1 + 0.25 * random.nextGaussian())
          };
    }
    return table;
  }

  private static GenerativeAdversarialNetwork estimator() {
    return new GenerativeAdversarialNetwork()
        .setCodeSize(3)
        .setGeneratorLayers(new int[] {16})
        .setDiscriminatorLayers(new int[] {24, 16})
        .setStepSize(0.002)
        .setAdamBeta1(0.5)
        .setSchedule("cosine")
        .setBatchSize(100)
        .setEpochs(100)
        .setReplicas(1)
        .setMicroBatches(2)
        .setSeed(5);
  }

  private static void assertLikeTheData(GenerativeAdversarialNetworkModel model) {
    Row moments =
        model
            .sample(TABLE.sparkSession(), 1000, 1)
            .select(
                Summarizer.mean(functions.col("features")),
                Summarizer.std(functions.col("features")))
            .first();
    assertThat(moments.<Vector>getAs(0).toArray())
        .containsExactly(new double[] {2, -1}, within(0.1));
    assertThat(moments.<Vector>getAs(1).toArray())
        .containsExactly(new double[] {0.5, 0.25}, within(0.15));
  }

  @Test
  void generatedRowsHaveTheMomentsOfTheData() {
    GenerativeAdversarialNetworkModel model = estimator().fit(TABLE);
    assertLikeTheData(model);
    assertThat(model.summary().orElseThrow().lossHistory())
        .containsOnlyKeys("generator", "discriminator");
  }

  @Test
  void soTheyHaveWithALossThatSaturatesAndSmoothedLabels() {
    assertLikeTheData(estimator().setGeneratorLoss("saturating").setLabelSmoothing(0.1).fit(TABLE));
  }

  private static double[] layer(
      GenerativeAdversarialNetworkModel model, int layer, double[] x, boolean last) {
    ParameterSlice weight = model.layout().slice("discriminator." + layer + ".weight");
    ParameterSlice bias = model.layout().slice("discriminator." + layer + ".bias");
    double[] y = new double[weight.columns()];
    for (int j = 0; j < y.length; j++) {
      y[j] = model.parameters()[bias.offset() + j];
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * model.parameters()[weight.offset() + i * y.length + j];
      }
      y[j] = last ? 1 / (1 + Math.exp(-y[j])) : Math.max(y[j], 0.01 * y[j]);
    }
    return y;
  }

  @Test
  void columnIsWhatTheDiscriminatorsLayersGive() {
    GenerativeAdversarialNetworkModel model =
        estimator().setEpochs(2).fit(TABLE).setDiscriminatorCol("real");
    for (Row row : model.transform(TABLE).collectAsList()) {
      double[] x = row.<Vector>getAs("features").toArray();
      double[] hidden = layer(model, 1, layer(model, 0, x, false), false);
      assertThat(row.<Double>getAs("real"))
          .isCloseTo(layer(model, 2, hidden, true)[0], within(1e-5));
    }
  }

  @Test
  void rowsThatASigmoidCannotMakeAreRefused() {
    assertThat(catchThrowable(() -> estimator().setOutputActivation("sigmoid").fit(TABLE)))
        .hasMessageContaining(
            "which outputActivation sigmoid needs (scale the features, or set outputActivation to"
                + " linear)");
  }

  @Test
  void sameModelIsReadThatWasWritten() throws IOException {
    GenerativeAdversarialNetwork estimator = estimator().setEpochs(2);
    GenerativeAdversarialNetworkModel model = estimator.fit(TABLE);
    String path = folder.resolve("model").toString();
    model.write().save(path);
    GenerativeAdversarialNetworkModel read = GenerativeAdversarialNetworkModel.load(path);
    assertSameBits("parameters", read.parameters(), model.parameters());
    List<Row> drawn = model.sample(TABLE.sparkSession(), 20, 3).collectAsList();
    assertThat(
            read.sample(TABLE.sparkSession(), 20, 3).repartition(3).orderBy("id").collectAsList())
        .isEqualTo(drawn);
    assertThat(model.decode(drawn.get(7).<Vector>getAs("code")))
        .isEqualTo(drawn.get(7).getAs("features"));
    assertThat(read.architecture()).isEqualTo("3-16-2 against 2-24-16-1");
    String stage = folder.resolve("estimator").toString();
    estimator.write().save(stage);
    assertSameBits(
        "fitted again",
        GenerativeAdversarialNetwork.load(stage).fit(TABLE).parameters(),
        model.parameters());
  }

  @Test
  void refusesActivationsOfNoLayers() {
    assertThat(
            catchThrowable(
                () ->
                    estimator()
                        .setDiscriminatorLayers(new int[0])
                        .setDiscriminatorActivation("tanh")
                        .fit(TABLE)))
        .hasMessageContaining("discriminatorActivation does nothing");
  }

  @Test
  void refusesOptimizersOfAllRows() {
    assertThat(catchThrowable(() -> estimator().setOptimizer("lbfgs").fit(TABLE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its players minimise losses of their own");
  }
}
