package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.sparkae.core.graph.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The squared error of reconstructions, in the units before scaling too. */
final class ReconstructionMeasure implements Measure {
  private static final String ERROR = "sparkae_error";
  private static final String RECONSTRUCTION = "sparkae_reconstruction";

  private final Optional<double[]> unitFactors;

  ReconstructionMeasure(Optional<double[]> unitFactors) {
    this.unitFactors = unitFactors;
  }

  @Override
  public void nameColumns(Model<?> model) {
    Models.set(model, "errorCol", ERROR, Common.SAVED_MODEL.name());
    if (unitFactors.isPresent()) {
      Models.set(model, "reconstructionCol", RECONSTRUCTION, Common.SAVED_MODEL.name());
    }
  }

  @Override
  public List<Column> aggregates() {
    List<Column> aggregates = new ArrayList<>(List.of(avg(col(ERROR))));
    unitFactors.ifPresent(factors -> aggregates.add(avg(unscaledError(factors))));
    return aggregates;
  }

  private static Column unscaledError(double[] factors) {
    return udf(
            (Vector row, Vector reconstruction) -> squaredError(row, reconstruction, factors),
            DataTypes.DoubleType)
        .apply(col(ColumnSpec.FEATURES), col(RECONSTRUCTION));
  }

  private static double squaredError(Vector row, Vector reconstruction, double[] factors) {
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      double difference = factors[i] * (row.apply(i) - reconstruction.apply(i));
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    figures.put("squaredErrorPerRow", row.getDouble(at));
    if (unitFactors.isPresent()) {
      figures.put("squaredErrorPerRowOriginalUnits", row.getDouble(at + 1));
    }
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "squared error per row (sum over features, mean over %d rows): %.4f",
            rows,
            row.getDouble(at)));
    if (unitFactors.isPresent()) {
      lines.add(
          String.format(
              Locale.ROOT, "the same in the units before scaling: %.6g", row.getDouble(at + 1)));
    }
    return lines;
  }
}
