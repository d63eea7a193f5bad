package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator, its model, and the model's columns against plain sums in double. */
class VariationalAutoencoderTest {
  private static final int WIDTH = 6;
  private static final int CODE = 2;
  private static final float[][] ROWS = Tables.lowRank(3, 150, WIDTH);
  private static final Dataset<Row> TABLE = Tables.vectors(ROWS, 3);

  @TempDir private Path folder;

  private static VariationalAutoencoder estimator() {
    return new VariationalAutoencoder()
        .setHiddenLayers(new int[] {5})
        .setCodeSize(CODE)
        .setStepSize(0.01)
        .setBatchSize(16)
        .setEpochs(20)
        .setReplicas(2)
        .setMicroBatches(2)
        .setSeed(5);
  }

  private static VariationalAutoencoderModel model() {
    return estimator().fit(TABLE);
  }

  /** The parameters of a model as plain loops want them. */
  private static final class Plain {
    private final VariationalAutoencoderModel model;

    Plain(VariationalAutoencoderModel model) {
      this.model = model;
    }

    private double[] layer(String name, double[] x, boolean tanh) {
      ParameterSlice weight = model.layout().slice(name + ".weight");
      ParameterSlice bias = model.layout().slice(name + ".bias");
      double[] y = new double[weight.columns()];
      for (int j = 0; j < y.length; j++) {
        y[j] = model.parameters()[bias.offset() + j];
        for (int i = 0; i < x.length; i++) {
          y[j] += x[i] * model.parameters()[weight.offset() + i * y.length + j];
        }
        y[j] = tanh ? Math.tanh(y[j]) : y[j];
      }
      return y;
    }

    double[] posterior(double[] x) {
      return layer("posterior", layer("encoder.0", x, true), false);
    }

    double[] mean(double[] z) {
      double[] logits = layer("decoder.1", layer("decoder.0", z, true), false);
      return Arrays.stream(logits).map(v -> 1 / (1 + Math.exp(-v))).toArray();
    }

    double logLikelihood(double[] x, double[] z) {
      double[] p = mean(z);
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * Math.log(p[i]) + (1 - x[i]) * Math.log(1 - p[i]);
      }
      return sum;
    }
  }

  private static double[] array(Row row, String column) {
    return row.<Vector>getAs(column).toArray();
  }

  @Test
  void columnsAreWhatTheLayersGive() {
    VariationalAutoencoderModel model = model();
    Plain plain = new Plain(model);
    List<Row> rows =
        model
            .setOutputCol("code")
            .setLogVarianceCol("log_variance")
            .setReconstructionCol("reconstruction")
            .setErrorCol("error")
            .setCodeSampleCol("sample")
            .transform(TABLE)
            .collectAsList();
    double spread = 0;
    for (Row row : rows) {
      double[] x = array(row, "features");
      double[] posterior = plain.posterior(x);
      double[] mean = plain.mean(Arrays.copyOf(posterior, CODE));
      assertThat(array(row, "code")).containsExactly(Arrays.copyOf(posterior, CODE), within(1e-5));
      assertThat(array(row, "log_variance"))
          .containsExactly(Arrays.copyOfRange(posterior, CODE, 2 * CODE), within(1e-5));
      assertThat(array(row, "reconstruction")).containsExactly(mean, within(1e-5));
      double error = 0;
      for (int i = 0; i < WIDTH; i++) {
        error += (x[i] - mean[i]) * (x[i] - mean[i]);
      }
      assertThat(row.<Double>getAs("error")).isCloseTo(error, within(1e-5));
      for (int j = 0; j < CODE; j++) {
        double drawn = array(row, "sample")[j] - posterior[j];
        spread += drawn * drawn / Math.exp(posterior[CODE + j]) / (CODE * rows.size());
      }
    }
    assertThat(spread)
        .as("variance of the draws, in those of the posteriors")
        .isBetween(0.75, 1.25);
    Vector first = Vectors.dense(array(rows.get(0), "features"));
    assertThat(model.encode(first)).isEqualTo(rows.get(0).getAs("code"));
    assertThat(model.decode(model.encode(first))).isEqualTo(rows.get(0).getAs("reconstruction"));
  }

  /** Against a sum over a fine grid of codes, which two dimensions allow. */
  @Test
  void likelihoodIsTheIntegralOverAllCodes() {
    VariationalAutoencoderModel model = model();
    Plain plain = new Plain(model);
    double[] x = array(TABLE.first(), "features");
    double step = 0.05;
    double integral = 0;
    for (double a = -6; a <= 6; a += step) {
      for (double b = -6; b <= 6; b += step) {
        double prior = Math.exp(-(a * a + b * b) / 2) / (2 * Math.PI);
        integral += Math.exp(plain.logLikelihood(x, new double[] {a, b})) * prior * step * step;
      }
    }
    Row row =
        model
            .setElboCol("elbo")
            .setLogLikelihoodCol("log_likelihood")
            .setLikelihoodSamples(20_000)
            .transform(TABLE.limit(1))
            .first();
    double exact = Math.log(integral);
    assertThat(row.<Double>getAs("log_likelihood")).isCloseTo(exact, within(0.01));
    assertThat(row.<Double>getAs("elbo")).isLessThan(exact).isGreaterThan(exact - 1);
  }

  @Test
  void drawsAreARowsOwnWhereverItSits() {
    VariationalAutoencoderModel model =
        model()
            .setCodeSampleCol("sample")
            .setLogLikelihoodCol("log_likelihood")
            .setLikelihoodSamples(7);
    Dataset<Row> numbered = TABLE.withColumn("id", functions.monotonically_increasing_id());
    List<Row> here = model.transform(numbered).orderBy("id").collectAsList();
    List<Row> there = model.transform(numbered.repartition(5)).orderBy("id").collectAsList();
    assertThat(there).isEqualTo(here);
    List<Row> other = model.setSeed(99).transform(numbered).orderBy("id").collectAsList();
    assertThat(other.get(0).<Vector>getAs("sample")).isNotEqualTo(here.get(0).getAs("sample"));
  }

  @Test
  void lossesAreThePartsOfTheBound() {
    TrainingSummary one = model().summary().orElseThrow();
    assertThat(one.lossHistory()).containsOnlyKeys("reconstruction", "kl");
    assertThat(one.objectiveHistory()[19]).isLessThan(one.objectiveHistory()[0]);
    TrainingSummary five = estimator().setImportanceSamples(5).fit(TABLE).summary().orElseThrow();
    assertThat(five.lossHistory()).containsOnlyKeys("reconstruction", "kl", "importanceGain");
    assertThat(five.lossHistory().get("importanceGain")[19]).isNegative();
  }

  /** With parameters that stay, they are the means over the rows of what the codes tell. */
  @Test
  void divergenceOfEachUnitIsKeptForEachEpoch() {
    for (int samples : new int[] {1, 5}) {
      VariationalAutoencoderModel model =
          estimator().setImportanceSamples(samples).setStepSize(1e-9).setEpochs(2).fit(TABLE);
      double[] expected = new double[CODE];
      for (Row row :
          model.setOutputCol("m").setLogVarianceCol("v").transform(TABLE).collectAsList()) {
        for (int j = 0; j < CODE; j++) {
          double mean = array(row, "m")[j];
          double logVariance = array(row, "v")[j];
          expected[j] += (Math.exp(logVariance) + mean * mean - logVariance - 1) / 2 / ROWS.length;
        }
      }
      double[][] kept = model.summary().orElseThrow().statisticHistory().get("unitKl");
      assertThat(kept).hasNumberOfRows(2);
      for (double[] epoch : kept) {
        assertThat(epoch).containsExactly(expected, within(1e-6));
      }
      if (samples == 1) {
        assertThat(model.summary().orElseThrow().lossHistory().get("kl")[1])
            .isCloseTo(Arrays.stream(expected).sum(), within(1e-6));
      }
    }
  }

  /** With parameters that stay, the divergence tells what the encoder read. */
  @Test
  void zerosAndOnesAreDrawnAnewInEachEpoch() {
    double[] drawn = divergences("stochastic");
    assertThat(drawn[1]).isNotCloseTo(drawn[0], within(1e-5));
    double[] cut = divergences("threshold");
    assertThat(cut[1]).isCloseTo(cut[0], within(1e-9));
  }

  private static double[] divergences(String binarization) {
    return estimator()
        .setBinarization(binarization)
        .setStepSize(1e-30)
        .setEpochs(2)
        .fit(TABLE)
        .summary()
        .orElseThrow()
        .lossHistory()
        .get("kl");
  }

  @Test
  void weightOfTheDivergenceGrowsFromNothing() {
    TrainingSummary warm =
        estimator()
            .setBeta(2)
            .setBetaWarmupEpochs(4)
            .setEpochs(5)
            .fit(TABLE)
            .summary()
            .orElseThrow();
    assertThat(warm.lossHistory().get("kl")[0]).isZero();
    assertThat(warm.lossHistory().get("kl")[4]).isPositive();
  }

  @Test
  void sameModelIsReadThatWasWritten() throws IOException {
    VariationalAutoencoderModel model = estimator().setDecoderLayers(new int[] {4, 5}).fit(TABLE);
    String path = folder.resolve("model").toString();
    model.setOutputCol("code").write().save(path);
    VariationalAutoencoderModel read = VariationalAutoencoderModel.load(path);
    assertSameBits("parameters", read.parameters(), model.parameters());
    assertThat(read.transform(TABLE).collectAsList())
        .isEqualTo(model.transform(TABLE).collectAsList());
    assertThat(read.architecture()).isEqualTo("6-5-2 and 4-5-6, variational");
    String stage = folder.resolve("estimator").toString();
    estimator().setLikelihood("gaussian").setLikelihoodDeviation(0.3).write().save(stage);
    assertSameBits(
        "fitted",
        VariationalAutoencoder.load(stage).fit(TABLE).parameters(),
        estimator().setLikelihood("gaussian").setLikelihoodDeviation(0.3).fit(TABLE).parameters());
  }

  private static void assertRefused(VariationalAutoencoder estimator, String message) {
    assertThat(catchThrowable(() -> estimator.fit(TABLE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused(
        estimator().setLikelihood("gaussian").setBinarization("stochastic"),
        "binarization must be none when likelihood is gaussian, not stochastic");
    assertRefused(
        estimator().setLikelihoodDeviation(0.5),
        "likelihoodDeviation must be 1 when likelihood is bernoulli, not 0.5");
    assertThat(catchThrowable(() -> estimator().setOptimizer("lbfgs").fit(TABLE)))
        .hasMessageContaining("training draws codes at random");
    float[][] rows = Tables.lowRank(3, 20, WIDTH);
    rows[4][1] = 1.5f;
    assertThat(catchThrowable(() -> estimator().fit(Tables.vectors(rows, 1))))
        .hasMessageContaining("which likelihood bernoulli needs");
  }
}
