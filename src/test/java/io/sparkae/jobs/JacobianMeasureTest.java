package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The norm of a code's Jacobian against differences of codes. */
class JacobianMeasureTest {
  private static final int WIDTH = 5;
  private static final float[][] ROWS = Tables.lowRank(3, 40, WIDTH);

  private static Autoencoder autoencoder(String activation) {
    return new Autoencoder()
        .setHiddenLayers(new int[0])
        .setCodeSize(3)
        .setCodeActivation(activation)
        .setOutputActivation("linear")
        .setEpochs(2)
        .setSeed(3);
  }

  private static double[][] codes(AutoencoderModel model, int feature, float shift) {
    float[][] shifted = Arrays.stream(ROWS).map(float[]::clone).toArray(float[][]::new);
    for (float[] row : shifted) {
      row[feature] += shift;
    }
    return model
        .setOutputCol("code")
        .transform(Tables.vectors(shifted, 1))
        .select("code")
        .collectAsList()
        .stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toArray(double[][]::new);
  }

  /** Σ over features and units of squared central differences, mean over rows. */
  private static double byDifferences(AutoencoderModel model) {
    float step = 1 / 64f;
    double sum = 0;
    for (int feature = 0; feature < WIDTH; feature++) {
      double[][] above = codes(model, feature, step);
      double[][] below = codes(model, feature, -step);
      for (int row = 0; row < above.length; row++) {
        for (int j = 0; j < above[row].length; j++) {
          double slope = (above[row][j] - below[row][j]) / (2 * step);
          sum += slope * slope;
        }
      }
    }
    return sum / ROWS.length;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sigmoid", "tanh", "linear"})
  void theNormIsThatOfDifferencesOfCodes(String activation) {
    AutoencoderModel model = autoencoder(activation).fit(Tables.vectors(ROWS, 2));
    double expected = byDifferences(model);
    Measure measure = JacobianMeasure.of(model).get(0);
    measure.nameColumns(model);
    Dataset<Row> coded = model.transform(Tables.vectors(ROWS, 2));
    Row row = coded.agg(measure.aggregates().get(0)).first();
    Map<String, Object> figures = new LinkedHashMap<>();
    measure.addFigures(row, 0, figures);
    assertThat((double) figures.get("squaredJacobianNorm"))
        .isCloseTo(expected, within(1e-3 * expected));
    assertThat(measure.lines(row, 0, 40))
        .containsExactly(
            String.format(
                "squared norm of the code's Jacobian (mean over rows): %.4g", row.getDouble(0)));
  }

  @Test
  void encodersOfMoreLayersOrWithSlopesThatTheValueDoesNotTellHaveNoSuchFigure() {
    Dataset<Row> table = Tables.vectors(ROWS, 2);
    for (Autoencoder other :
        List.of(
            autoencoder("tanh").setHiddenLayers(new int[] {4}),
            autoencoder("elu"),
            autoencoder("linear").setKSparse(2))) {
      assertThat(JacobianMeasure.of(other.fit(table))).isEmpty();
    }
  }
}
