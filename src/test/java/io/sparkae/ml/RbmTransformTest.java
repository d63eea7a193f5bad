package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The columns of a machine whose parameters are given, against plain sums in double. */
class RbmTransformTest {
  private static final int VISIBLE = 4;
  private static final int HIDDEN = 3;

  /** W row by row, b, c. */
  private static final float[] PARAMETERS = parameters();

  private static float[] parameters() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[VISIBLE * HIDDEN + VISIBLE + HIDDEN];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (3 * random.nextDouble() - 1.5);
    }
    return values;
  }

  private static RestrictedBoltzmannMachineModel model() {
    RestrictedBoltzmannMachineModel model =
        new RestrictedBoltzmannMachineModel("machine", VISIBLE, PARAMETERS, null);
    model.set(model.hiddenUnits(), HIDDEN);
    return model;
  }

  private static Dataset<Row> table(int rows, int partitions) {
    return Tables.vectors(Tables.lowRank(7, rows, VISIBLE), partitions);
  }

  private static double weight(int i, int j) {
    return PARAMETERS[i * HIDDEN + j];
  }

  private static double visibleBias(int i) {
    return PARAMETERS[VISIBLE * HIDDEN + i];
  }

  private static double hiddenBias(int j) {
    return PARAMETERS[VISIBLE * HIDDEN + VISIBLE + j];
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static double[] up(double[] v) {
    double[] z = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      z[j] = hiddenBias(j);
      for (int i = 0; i < VISIBLE; i++) {
        z[j] += v[i] * weight(i, j);
      }
    }
    return z;
  }

  private static double[] down(double[] h) {
    double[] z = new double[VISIBLE];
    for (int i = 0; i < VISIBLE; i++) {
      z[i] = visibleBias(i);
      for (int j = 0; j < HIDDEN; j++) {
        z[i] += h[j] * weight(i, j);
      }
    }
    return z;
  }

  private static double[] bits(int state, int width) {
    double[] bits = new double[width];
    Arrays.setAll(bits, i -> (state >> i) & 1);
    return bits;
  }

  /** E(v, h) = −b·v − c·h − v·W·h. */
  private static double energy(double[] v, double[] h) {
    double energy = 0;
    for (int i = 0; i < VISIBLE; i++) {
      energy -= visibleBias(i) * v[i];
      for (int j = 0; j < HIDDEN; j++) {
        energy -= v[i] * weight(i, j) * h[j];
      }
    }
    for (int j = 0; j < HIDDEN; j++) {
      energy -= hiddenBias(j) * h[j];
    }
    return energy;
  }

  @Test
  void columnsAreThoseOfThePlainFormulas() {
    List<Row> rows =
        model()
            .setOutputCol("h")
            .setReconstructionCol("x")
            .setErrorCol("e")
            .setFreeEnergyCol("f")
            .setSampleCol("s")
            .transform(table(600, 2))
            .collectAsList();
    assertThat(rows).hasSize(600);
    for (Row row : rows) {
      Vector features = row.getAs("features");
      double[] h = Arrays.stream(up(features.toArray())).map(RbmTransformTest::sigmoid).toArray();
      double[] x = Arrays.stream(down(h)).map(RbmTransformTest::sigmoid).toArray();
      assertThat(row.<Vector>getAs("h").toArray()).containsExactly(h, within(1e-6));
      assertThat(row.<Vector>getAs("x").toArray()).containsExactly(x, within(1e-6));
      assertThat(row.<Double>getAs("e"))
          .isCloseTo(Vectors.sqdist(features, Vectors.dense(x)), within(1e-5));
      double sum = 0;
      for (int state = 0; state < 1 << HIDDEN; state++) {
        sum += Math.exp(-energy(features.toArray(), bits(state, HIDDEN)));
      }
      assertThat(row.<Double>getAs("f")).isCloseTo(-Math.log(sum), within(1e-5));
    }
  }

  @Test
  void gaussianHiddenUnitsGiveTheirMeans() {
    RestrictedBoltzmannMachineModel model = model();
    model.set(model.hiddenType(), "gaussian");
    Vector row = Vectors.dense(0.2, 0, 1, 0.7);
    assertThat(model.encode(row).toArray()).containsExactly(up(row.toArray()), within(1e-6));
  }

  /** E = ‖v − b‖²/2σ² − c·h − (v/σ)·W·h, summed over the states of h. */
  @Test
  void freeEnergyOfGaussianVisibleUnitsIsThatOfTheEnergies() {
    double deviation = 0.5;
    RestrictedBoltzmannMachineModel model = model().setFreeEnergyCol("f").setOutputCol("h");
    model.set(model.visibleType(), "gaussian").set("visibleDeviation", deviation);
    for (Row row : model.transform(table(20, 1)).collectAsList()) {
      double[] v = row.<Vector>getAs("features").toArray();
      double quadratic = 0;
      double[] scaled = new double[VISIBLE];
      for (int i = 0; i < VISIBLE; i++) {
        double distance = v[i] - visibleBias(i);
        quadratic += distance * distance / (2 * deviation * deviation);
        scaled[i] = v[i] / deviation;
      }
      double[] z = up(scaled);
      double sum = 0;
      for (int state = 0; state < 1 << HIDDEN; state++) {
        double exponent = 0;
        for (int j = 0; j < HIDDEN; j++) {
          exponent += z[j] * bits(state, HIDDEN)[j];
        }
        sum += Math.exp(exponent);
      }
      assertThat(row.<Double>getAs("f")).isCloseTo(quadratic - Math.log(sum), within(1e-5));
      double[] h = Arrays.stream(z).map(RbmTransformTest::sigmoid).toArray();
      assertThat(row.<Vector>getAs("h").toArray()).containsExactly(h, within(1e-6));
    }
  }

  @Test
  void singleVectorsAgreeWithTransform() {
    RestrictedBoltzmannMachineModel model = model();
    for (Row row : model.setOutputCol("h").transform(table(9, 1)).collectAsList()) {
      Vector features = row.getAs("features");
      double[] h = row.<Vector>getAs("h").toArray();
      assertThat(model.encode(features).toArray()).containsExactly(h, within(1e-6));
      assertThat(model.encode(features.toSparse())).isEqualTo(model.encode(features));
    }
    assertThatThrownBy(() -> model.encode(Vectors.dense(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size of features must be 4, not 2");
  }

  @Test
  void onlyNamedColumnsAreMadeAndTransformSchemaForetellsThem() {
    Dataset<Row> table = table(5, 2).withColumn("map", functions.expr("map('a', 1)"));
    RestrictedBoltzmannMachineModel model = model();
    assertThat(model.transform(table).columns()).containsExactly("features", "map");
    assertThat(model.setSampleCol("s").transform(table).columns())
        .containsExactly("features", "map", "s");
    model.setFreeEnergyCol("f").setErrorCol("e").setReconstructionCol("x").setOutputCol("h");
    StructType foretold = model.transformSchema(table.schema());
    Dataset<Row> made = model.transform(table);
    assertThat(made.schema()).isEqualTo(foretold);
    assertThat(made.columns()).containsExactly("features", "map", "h", "x", "e", "f", "s");
    assertThat(made.collectAsList()).hasSize(5);
    assertThat(foretold.apply("f").dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(foretold.apply("s").dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertThat(AttributeGroup.fromStructField(foretold.apply("h")).size()).isEqualTo(HIDDEN);
    model.setFreeEnergyCol("features");
    assertThatThrownBy(() -> model.transform(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("freeEnergyCol features is already a column: name another");
  }

  /** p(v) by the energies of all the states of the machine. */
  private static double[] meansOfTheDistribution() {
    double[] means = new double[VISIBLE];
    double total = 0;
    for (int v = 0; v < 1 << VISIBLE; v++) {
      for (int h = 0; h < 1 << HIDDEN; h++) {
        double weight = Math.exp(-energy(bits(v, VISIBLE), bits(h, HIDDEN)));
        total += weight;
        for (int i = 0; i < VISIBLE; i++) {
          means[i] += weight * bits(v, VISIBLE)[i];
        }
      }
    }
    double sum = total;
    return Arrays.stream(means).map(mean -> mean / sum).toArray();
  }

  /** From equal rows that an id keeps apart; a standard deviation of these means is below 0.007. */
  @Test
  void longChainsForgetTheirRowsAndFollowTheDistributionOfTheMachine() {
    int count = 6000;
    Dataset<Row> equal =
        Tables.vectors(new float[count][VISIBLE], 3)
            .withColumn("id", functions.monotonically_increasing_id());
    RestrictedBoltzmannMachineModel model = model().setSampleCol("s").setSampleSteps(40);
    model.set(model.sampleVisible(), true);
    List<double[]> samples = Easy.arrays(model.transform(equal), "s");
    double[] means = new double[VISIBLE];
    for (double[] sample : samples) {
      for (int i = 0; i < VISIBLE; i++) {
        assertThat(sample[i]).isIn(0.0, 1.0);
        means[i] += sample[i] / count;
      }
    }
    assertThat(means).containsExactly(meansOfTheDistribution(), within(0.025));
  }

  /** After one step: the mean over draws of h of sigmoid(b + W·h), by all states of h. */
  @Test
  void oneStepStaysNearTheRow() {
    int count = 6000;
    float[][] rows = new float[count][];
    float[] row = {1, 0, 1, 0};
    Arrays.fill(rows, row);
    Dataset<Row> equal =
        Tables.vectors(rows, 3).withColumn("id", functions.monotonically_increasing_id());
    List<double[]> samples = Easy.arrays(model().setSampleCol("s").transform(equal), "s");
    double[] inputs = up(new double[] {1, 0, 1, 0});
    double[] expected = new double[VISIBLE];
    for (int state = 0; state < 1 << HIDDEN; state++) {
      double[] h = bits(state, HIDDEN);
      double probability = 1;
      for (int j = 0; j < HIDDEN; j++) {
        probability *= h[j] == 1 ? sigmoid(inputs[j]) : 1 - sigmoid(inputs[j]);
      }
      double[] z = down(h);
      for (int i = 0; i < VISIBLE; i++) {
        expected[i] += probability * sigmoid(z[i]);
      }
    }
    double[] means = new double[VISIBLE];
    samples.forEach(s -> Arrays.setAll(means, i -> means[i] + s[i] / count));
    assertThat(means).containsExactly(expected, within(0.02));
  }

  @Test
  void samplesDependOnSeedAndRowAndNothingElse() {
    RestrictedBoltzmannMachineModel model = model().setSampleCol("s").setSampleSteps(3);
    List<double[]> one = Easy.arrays(model.transform(table(300, 1)), "s");
    List<double[]> spread =
        Easy.arrays(
            model.setOutputCol("h").setReconstructionCol("x").transform(table(300, 7)), "s");
    assertThat(spread).usingRecursiveComparison().isEqualTo(one);
    List<double[]> reseeded = Easy.arrays(model.setSeed(2).transform(table(300, 1)), "s");
    int same = 0;
    for (int i = 0; i < 300; i++) {
      same += Arrays.equals(one.get(i), reseeded.get(i)) ? 1 : 0;
    }
    assertThat(same).as("2³ states of h").isBetween(1, 150);
  }

  @Test
  void equalRowsHaveEqualSamplesUnlessAColumnKeepsThemApart() {
    float[][] rows = new float[50][VISIBLE];
    Dataset<Row> equal = Tables.vectors(rows, 2);
    RestrictedBoltzmannMachineModel model = model().setSampleCol("s").setSampleSteps(3);
    assertThat(model.transform(equal).distinct().count()).isOne();
    Dataset<Row> apart = equal.withColumn("id", functions.monotonically_increasing_id());
    assertThat(model.transform(apart).select("s").distinct().count()).isGreaterThan(2);
  }

  @Test
  void samplesLeaveReconstructionsAsTheyAre() {
    RestrictedBoltzmannMachineModel model = model().setReconstructionCol("x").setErrorCol("e");
    List<double[]> alone = Easy.arrays(model.transform(table(300, 2)), "x");
    Dataset<Row> both = model.setSampleCol("s").setSampleSteps(5).transform(table(300, 2));
    assertThat(Easy.arrays(both, "x")).usingRecursiveComparison().isEqualTo(alone);
  }
}
