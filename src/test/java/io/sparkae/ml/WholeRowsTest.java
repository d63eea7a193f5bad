package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a restorer makes of rows that miss nothing, and of gaps as tables of numbers have them. */
class WholeRowsTest {
  private static final int WIDTH = 6;
  private static final float[][] ROWS = Tables.lowRank(3, 120, WIDTH);
  private static final Dataset<Row> TABLE = Tables.vectors(ROWS, 2);

  private static AutoencoderModel plain;
  private static AutoencoderModel denoising;

  @BeforeAll
  static void train() {
    plain = estimator().fit(TABLE);
    denoising = estimator().setCorruption("gaussian").setCorruptionLevel(0.1).fit(TABLE);
  }

  private static Autoencoder estimator() {
    return new Autoencoder()
        .setCodeSize(3)
        .setEpochs(40)
        .setBatchSize(20)
        .setStepSize(0.01)
        .setSeed(1);
  }

  @Test
  void rowThatMissesNothingStaysAsItIsToTheLastBit() {
    Restorer restorer = Restorer.like(plain, TABLE).setConfidenceCol("confidence");
    assertThat(restorer.getClean()).isFalse();
    Dataset<Row> rows = TABLE.limit(20).withColumn("features", third("features"));
    for (Row row : restorer.transform(rows).collectAsList()) {
      assertThat(row.<Vector>getAs("restored")).isEqualTo(row.<Vector>getAs("features"));
      assertThat(row.<Double>getAs("confidence")).isEqualTo(1);
    }
  }

  /** A third is no float. */
  private static org.apache.spark.sql.Column third(String column) {
    return functions
        .udf(
            (Vector row) -> {
              double[] values = row.toArray().clone();
              values[0] = 1 / 3.0;
              return Vectors.dense(values);
            },
            org.apache.spark.ml.linalg.SQLDataTypes.VectorType())
        .apply(functions.col(column));
  }

  @Test
  void modelThatHasLearntToLeaveNoiseOutEncodesAndDecodesIt() {
    Restorer restorer =
        Restorer.like(denoising, TABLE)
            .setCodeCol("code")
            .setErrorCol("error")
            .setConfidenceCol("confidence");
    assertThat(restorer.getClean()).isTrue();
    for (Row row : restorer.transform(TABLE.limit(10)).collectAsList()) {
      Vector code = denoising.encode(row.getAs("features"));
      double[] decoded = denoising.decode(code).toArray();
      assertThat(row.<Vector>getAs("restored").toArray()).containsExactly(decoded, within(1e-4));
      assertThat(row.<Vector>getAs("code").toArray()).containsExactly(code.toArray(), within(1e-4));
      assertThat(row.<Double>getAs("error"))
          .isCloseTo(Vectors.sqdist(row.getAs("features"), Vectors.dense(decoded)), within(1e-4));
      assertThat(row.<Double>getAs("confidence")).isBetween(0.0, 1.0);
    }
  }

  @Test
  void searchBringsItNearer() {
    Restorer restorer = Restorer.like(plain, TABLE).setErrorCol("error").setClean(true);
    double[] sums = new double[2];
    for (int k = 0; k < 2; k++) {
      restorer.setPriorWeight(0).setCleaningSteps(100 * k);
      for (Row row : restorer.transform(TABLE).select("error").collectAsList()) {
        sums[k] += row.getDouble(0);
      }
    }
    assertThat(sums[1]).isLessThan(0.99 * sums[0]);
    assertThat(catchThrowable(() -> restorer.setClean(false).transform(TABLE)))
        .hasMessageStartingWith("cleaningSteps does nothing while clean is false");
  }

  @Test
  void nullsOfColumnsOfNumbersAreMissing() {
    StructType schema = new StructType();
    for (int i = 0; i < WIDTH; i++) {
      schema = schema.add("x" + i, DataTypes.DoubleType);
    }
    List<Row> rows =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    RowFactory.create(
                        IntStream.range(0, WIDTH)
                            .mapToObj(j -> j == i % WIDTH ? null : (Object) (double) ROWS[i][j])
                            .toArray()))
            .toList();
    Dataset<Row> gaps = LocalSpark.session().createDataFrame(rows, schema);
    String[] columns = schema.fieldNames();
    Restorer restorer = Restorer.like(plain, TABLE).setStarts(1); // without draws
    float[][] marked = new float[rows.size()][];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = ROWS[i].clone();
      marked[i][i % WIDTH] = Float.NaN;
    }
    List<Row> expected = restorer.transform(Tables.vectors(marked, 1)).collectAsList();
    List<Row> restored = restorer.setInputCols(columns).transform(gaps).collectAsList();
    for (int i = 0; i < marked.length; i++) {
      double[] row = restored.get(i).<Vector>getAs("restored").toArray();
      assertThat(row)
          .containsExactly(expected.get(i).<Vector>getAs("restored").toArray(), within(1e-6));
      assertThat(row[(i + 1) % WIDTH]).isEqualTo(ROWS[i][(i + 1) % WIDTH]);
    }
  }
}
