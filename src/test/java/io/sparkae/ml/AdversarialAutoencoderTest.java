package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.objective.SamplePrior;
import io.sparkae.data.SavedStageException;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model: codes get the distribution that they are to have. */
class AdversarialAutoencoderTest {
  private static final int WIDTH = 6;
  private static final Dataset<Row> TABLE = Tables.vectors(rows(), 3);

  @TempDir private Path folder;

  private static float[][] rows() {
    float[][] rows = Tables.lowRank(3, 600, WIDTH);
    for (float[] row : rows) {
      for (int i = 0; i < WIDTH; i++) {
        row[i] = 8 * row[i] - 4;
      }
    }
    return rows;
  }

  private static AdversarialAutoencoder estimator() {
    return new AdversarialAutoencoder()
        .setHiddenLayers(new int[] {16})
        .setCodeSize(2)
        .setActivation("tanh")
        .setDiscriminatorLayers(new int[] {32})
        .setStepSize(0.005)
        .setAdamBeta1(0.5)
        .setSchedule("cosine")
        .setBatchSize(100)
        .setEpochs(100)
        .setReplicas(1)
        .setMicroBatches(2)
        .setSeed(5);
  }

  private static Row moments(Dataset<Row> codes, String column) {
    return codes
        .select(Summarizer.mean(functions.col(column)), Summarizer.variance(functions.col(column)))
        .first();
  }

  /** Codes that nothing shapes have variances of 0.7 and 0.5 here. */
  @Test
  void codesGetTheMomentsOfTheirPrior() {
    AdversarialAutoencoderModel model = estimator().fit(TABLE).setOutputCol("code");
    Row moments = moments(model.transform(TABLE), "code");
    assertThat(Vectors.norm(moments.getAs(0), 2)).isLessThan(0.2);
    assertThat(moments.<Vector>getAs(1).toArray())
        .containsExactly(new double[] {1, 1}, within(0.2));
    TrainingSummary summary = model.summary().orElseThrow();
    assertThat(summary.lossHistory())
        .containsOnlyKeys("reconstruction", "adversarial", "discriminator");
    assertThat(last(summary, "reconstruction"))
        .isLessThan(summary.lossHistory().get("reconstruction")[0] / 2);
    assertThat(summary.objectiveHistory()[0])
        .as("without the opponent's")
        .isEqualTo(
            summary.lossHistory().get("reconstruction")[0]
                + summary.lossHistory().get("adversarial")[0]);
  }

  private static double last(TrainingSummary summary, String loss) {
    double[] history = summary.lossHistory().get(loss);
    return history[history.length - 1];
  }

  @Test
  void samplesOfATableAreAPriorToo() throws IOException {
    Random random = new Random(4);
    float[][] samples = new float[500][];
    for (int i = 0; i < samples.length; i++) {
      float x = (float) (5 + random.nextGaussian());
      samples[i] = new float[] {x, (float) (-3 + 2 * random.nextGaussian())};
    }
    Dataset<Row> table = Tables.vectors(samples, 2);
    AdversarialAutoencoder estimator = estimator().setPrior("samples").setPriorTable(table);
    AdversarialAutoencoderModel model = estimator.fit(TABLE).setOutputCol("code");
    Row moments = moments(model.transform(TABLE), "code");
    assertThat(moments.<Vector>getAs(0).toArray())
        .containsExactly(new double[] {5, -3}, within(0.7));
    double[] variances = moments.<Vector>getAs(1).toArray();
    assertThat(variances).containsExactly(new double[] {1, 4}, within(1.5));
    String path = folder.resolve("samples").toString();
    table.write().parquet(path);
    AdversarialAutoencoderModel named =
        estimator().setPrior("samples").setPriorSamples(path).setEpochs(1).fit(TABLE);
    for (Row row : named.sampleCodes(TABLE.sparkSession(), 50, 1).collectAsList()) {
      double[] code = row.<Vector>getAs("code").toArray();
      assertThat(Arrays.stream(samples).map(Tables::doubles)).contains(code);
    }
    String saved = folder.resolve("model").toString();
    model.write().save(saved);
    AdversarialAutoencoderModel read = AdversarialAutoencoderModel.load(saved);
    List<Row> drawn = model.sampleCodes(TABLE.sparkSession(), 50, 1).collectAsList();
    for (Row row : drawn) {
      assertThat(Arrays.stream(samples).map(Tables::doubles))
          .contains(row.<Vector>getAs("code").toArray());
    }
    assertThat(read.copy(ParamMap.empty()).sampleCodes(TABLE.sparkSession(), 50, 1).collectAsList())
        .isEqualTo(drawn);
    String gaussian = folder.resolve("gaussian").toString();
    AdversarialAutoencoderModel replaced = AdversarialAutoencoderModel.load(saved);
    replaced.set("prior", "gaussian");
    replaced.write().save(gaussian);
    assertThat(AdversarialAutoencoderModel.load(gaussian).parameters())
        .containsExactly(model.parameters());
    SamplePrior others = new SamplePrior(new float[] {5, -3, 6, -2}, 2);
    FileUtils.deleteDirectory(folder.resolve("model").resolve("prior").toFile());
    PriorSamples.write(TABLE.sparkSession(), others, saved + "/prior");
    assertThat(catchThrowable(() -> AdversarialAutoencoderModel.load(saved)))
        .isInstanceOf(SavedStageException.class)
        .hasMessage(
            saved
                + " has samples of its prior that were changed after it was saved, by their"
                + " checksum: save or copy it anew");
    SavedFiles.editMetadata( // as before there was one
        folder.resolve("model"),
        json -> SavedFiles.withoutChecksum(json).replaceFirst(",\"priorChecksum\":\"\\w+\"", ""));
    assertThat(
            AdversarialAutoencoderModel.load(saved)
                .sampleCodes(TABLE.sparkSession(), 50, 1)
                .select("code")
                .distinct()
                .count())
        .isEqualTo(2);
    FileUtils.deleteDirectory(folder.resolve("model").resolve("prior").toFile());
    assertThat(catchThrowable(() -> AdversarialAutoencoderModel.load(saved)))
        .hasMessageStartingWith(saved + " has not the samples of its prior: ");
    assertThat(catchThrowable(() -> estimator.write().save(folder.resolve("no").toString())))
        .hasMessageContaining("were set as a table");
  }

  /** Each class has an arm of the mixture, at an angle of its own; some labels are unknown. */
  @Test
  void classesGetTheirPartsOfThePrior() {
    Dataset<Row> labelled =
        TABLE
            .withColumn("id", functions.monotonically_increasing_id())
            .withColumn(
                "label",
                functions.when(
                    functions.col("id").mod(10).notEqual(0),
                    functions
                        .element_at(vector_to_array(functions.col("features"), "float64"), 1)
                        .gt(0)
                        .cast("int")));
    AdversarialAutoencoderModel model =
        estimator().setPrior("mixture").setLabelCol("label").fit(labelled).setOutputCol("code");
    assertThat(model.getNumClasses()).isEqualTo(2);
    Dataset<Row> codes = model.transform(labelled);
    double[] zero = moments(codes.where("label = 0"), "code").<Vector>getAs(0).toArray();
    double[] one = moments(codes.where("label = 1"), "code").<Vector>getAs(0).toArray();
    assertThat(zero[0]).as("the arm of class 0 points to the right").isGreaterThan(2);
    assertThat(one[0]).as("the arm of class 1 points to the left").isLessThan(-2);
  }

  @Test
  void discriminatorHasItsOwnRuleAndStepSize() {
    AdversarialAutoencoderModel still =
        estimator()
            .setDiscriminatorOptimizer("sgd")
            .setDiscriminatorStepSize(1e-12)
            .setEpochs(3)
            .fit(TABLE);
    float[] start = still.layout().initialParameters(5);
    for (ParameterSlice slice : still.layout().slices()) {
      float[] before = Arrays.copyOfRange(start, slice.offset(), slice.end());
      float[] after = Arrays.copyOfRange(still.parameters(), slice.offset(), slice.end());
      if (slice.name().startsWith("discriminator")) {
        assertThat(after).as(slice.name()).containsExactly(before, within(1e-7f));
      } else {
        assertThat(after).as(slice.name()).isNotEqualTo(before);
      }
    }
  }

  @Test
  void sameModelIsReadThatWasWritten() throws IOException {
    AdversarialAutoencoder estimator = estimator().setPrior("swissRoll").setEpochs(2);
    AdversarialAutoencoderModel model = estimator.fit(TABLE).setOutputCol("code");
    String path = folder.resolve("model").toString();
    model.write().save(path);
    AdversarialAutoencoderModel read = AdversarialAutoencoderModel.load(path);
    assertSameBits("parameters", read.parameters(), model.parameters());
    List<Row> codes = model.transform(TABLE).collectAsList();
    assertThat(read.transform(TABLE).collectAsList()).isEqualTo(codes);
    assertThat(model.encode(codes.get(0).getAs("features"))).isEqualTo(codes.get(0).getAs("code"));
    assertThat(read.architecture()).isEqualTo("6-16-2 and back, adversarial");
    List<Row> drawn = model.sample(TABLE.sparkSession(), 20, 3).collectAsList();
    assertThat(
            read.sample(TABLE.sparkSession(), 20, 3).repartition(3).orderBy("id").collectAsList())
        .isEqualTo(drawn);
    String stage = folder.resolve("estimator").toString();
    estimator.write().save(stage);
    assertSameBits(
        "fitted again",
        AdversarialAutoencoder.load(stage).fit(TABLE).parameters(),
        model.parameters());
  }

  private static void assertRefused(AdversarialAutoencoder estimator, String message) {
    assertThat(catchThrowable(() -> estimator.fit(TABLE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused(
        estimator().setPrior("mixture").setCodeSize(3),
        "codeSize must be 2 when prior is mixture, not 3");
    assertRefused(
        estimator().setPrior("samples"),
        "priorSamples is missing, which prior samples needs: name the folder of a table (in Java"
            + " setPriorTable does, too)");
    assertRefused(
        estimator().setPriorSamples("x"),
        "priorSamples does nothing while prior is gaussian: leave it out, or set prior to samples");
    assertRefused(
        estimator().setPriorTable(TABLE),
        "the table of samples does nothing while prior is gaussian");
    assertRefused(
        estimator().setPrior("samples").setPriorTable(TABLE),
        "codeSize must be 6, as the prior's samples are, not 2");
    assertRefused(
        estimator().setNumClasses(3),
        "numClasses does nothing while labelCol is not named: leave it out, or set labelCol");
    assertRefused(estimator().setLabelCol("label"), "labelCol label is not among the columns");
    assertRefused(estimator().setOptimizer("lbfgs"), "its players minimise losses of their own");
    assertRefused(estimator().setKSparseAlpha(2), "kSparseAlpha does nothing");
    assertRefused(
        estimator().setDiscriminatorLayers(new int[0]).setDiscriminatorActivation("tanh"),
        "discriminatorActivation does nothing while discriminatorLayers is empty: leave it out, or set"
            + " discriminatorLayers");
    assertRefused(estimator().setMomentum(0.5), "momentum does nothing with optimizer adam");
    assertThat(catchThrowable(() -> estimator().setDiscriminatorOptimizer("lbfgs")))
        .hasMessageContaining("discriminatorOptimizer must be one of sgd, momentum");
    estimator()
        .setMomentum(0.5)
        .setDiscriminatorOptimizer("momentum")
        .transformSchema(TABLE.schema());
  }
}
