package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.ml.StackedAutoencoder;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Figures of codes against values by hand. */
class CodeMeasureTest {
  private static final CodeMeasure MEASURE = new CodeMeasure();

  private static Row measured(double[]... codes) {
    List<?> values = Arrays.stream(codes).map(Vectors::dense).toList();
    Column[] aggregates = MEASURE.aggregates().toArray(Column[]::new);
    return Tables.values("sparkae_code", SQLDataTypes.VectorType(), values, 2)
        .agg(aggregates[0], Arrays.copyOfRange(aggregates, 1, aggregates.length))
        .first();
  }

  private static Map<String, Object> figures(double[]... codes) {
    Map<String, Object> figures = new LinkedHashMap<>();
    MEASURE.addFigures(measured(codes), 0, figures);
    return figures;
  }

  @Test
  void meanOfTanhUnitsIsToldInUnitsOfTheSparsityTargetToo() {
    StackedAutoencoder stack =
        new StackedAutoencoder().setCodeSize(2).setFineTune(false).setLayerEpochs(new int[] {1});
    Dataset<Row> table = Tables.vectors(Tables.lowRank(3, 20, 4), 1);
    CodeMeasure measure = new CodeMeasure();
    measure.nameColumns(stack.fit(table));
    Row row = measured(new double[] {-0.9, 0.5}, new double[] {-0.7, -0.5});
    assertThat(measure.lines(row, 0, 2)).hasSize(2);
    measure.nameColumns(stack.setCodeActivation("tanh").fit(table));
    assertThat(measure.lines(row, 0, 2))
        .hasSize(3)
        .contains(
            "the same in units of sparsityTarget, which are (1 + h)/2 of a tanh unit h: 0.3000");
  }

  @Test
  void sparsenessIsOneOfAUnitAloneAndZeroOfEqualUnits() {
    assertThat(CodeMeasure.sparseness(new double[] {0, -7, 0, 0})).isEqualTo(1);
    assertThat(CodeMeasure.sparseness(new double[] {2, -2, 2, 2})).isEqualTo(0);
    assertThat(CodeMeasure.sparseness(new double[] {3, -4}))
        .isCloseTo((Math.sqrt(2) - 7.0 / 5) / (Math.sqrt(2) - 1), within(1e-15));
    assertThat(CodeMeasure.sparseness(new double[] {1, 1, 1, 1, 0, 0, 0, 0, 0}))
        .isCloseTo((3 - 4.0 / 2) / (3 - 1), within(1e-15));
  }

  @Test
  void codesOfZerosAndOfOneUnitHaveNoSparseness() {
    assertThat(CodeMeasure.sparseness(new double[3])).isNull();
    assertThat(CodeMeasure.sparseness(new double[] {5})).isNull();
    assertThat(figures(new double[] {0.25}, new double[] {0.75}))
        .containsKeys("meanActivation", "meanActivationPerUnit")
        .doesNotContainKey("codeSparsity");
  }

  @Test
  void meansAreOverRowsAndThenOverUnits() {
    Map<String, Object> figures =
        figures(new double[] {0, 0}, new double[] {3, 0}, new double[] {-1, -1});
    assertThat((double[]) figures.get("meanActivationPerUnit"))
        .containsExactly(new double[] {2.0 / 3, -1.0 / 3}, within(1e-15));
    assertThat((double) figures.get("meanActivation")).isCloseTo(1.0 / 6, within(1e-15));
    assertThat((double) figures.get("codeSparsity"))
        .as("of 1 and 0; the code of zeros does not count")
        .isCloseTo(0.5, within(1e-15));
  }

  @Test
  void peopleReadThemAsLines() {
    assertThat(MEASURE.lines(measured(new double[] {0, 1}, new double[] {0, 0.5}), 0, 2))
        .containsExactly(
            "mean activation of the 2 units of the code: 0.3750 (of a unit at least 0.000, at most"
                + " 0.7500)",
            "sparseness of a code (Hoyer 2004, mean over rows; 0: all units alike, 1: one alone):"
                + " 1.0000");
  }
}
