package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.udf;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.data.FeatureScaler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** Measures how well a saved model reconstructs a table. */
final class EvaluateCommand implements Command {
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final String ERROR = "sparkae_error";
  private static final String RECONSTRUCTION = "sparkae_reconstruction";

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "measures the reconstruction error of a saved model on a table";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        Common.FEATURES_COL,
        Common.INPUT_COLS,
        Common.HANDLE_INVALID,
        Common.JSON,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Model<?> model = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      List<String> features = Common.setFeatures(model, arguments, table.schema());
      Common.setHandleInvalid(model, arguments);
      Models.clearOutputs(model);
      Models.set(model, "errorCol", ERROR, Common.SAVED_MODEL.name());
      Optional<double[]> units =
          features.equals(List.of(ColumnSpec.FEATURES)) // what ingest scales
              ? FeatureScaler.originalUnits(session.spark(), arguments.get(INPUT), table.schema())
              : Optional.empty();
      Row measured = measure(model, table, units);
      long rows = measured.getLong(1);
      Common.tellSkipped(table, rows, console);
      if (rows == 0) {
        throw new UsageException("--input " + arguments.get(INPUT) + " has no rows to measure");
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("squaredErrorPerRow", measured.getDouble(0));
      units.ifPresent(
          factors -> result.put("squaredErrorPerRowOriginalUnits", measured.getDouble(2)));
      result.put("rows", rows);
      if (arguments.get(Common.JSON)) {
        console.json(result);
      } else {
        console.result(
            "squared error per row (sum over features, mean over %d rows): %.4f",
            rows, measured.getDouble(0));
        units.ifPresent(
            factors ->
                console.result(
                    "the same in the units before scaling: %.6g", measured.getDouble(2)));
      }
    }
  }

  /**
   * The mean error, the number of rows and the mean error with each feature's difference multiplied
   * by its factor.
   */
  private static Row measure(Model<?> model, Dataset<Row> table, Optional<double[]> units) {
    try {
      if (units.isEmpty()) {
        return Common.transform(model, table).agg(avg(col(ERROR)), count(col(ERROR))).first();
      }
      Models.set(model, "reconstructionCol", RECONSTRUCTION, Common.SAVED_MODEL.name());
      double[] factors = units.get();
      UserDefinedFunction error =
          udf(
              (Vector row, Vector reconstruction) -> squaredError(row, reconstruction, factors),
              DataTypes.DoubleType);
      return Common.transform(model, table)
          .agg(
              avg(col(ERROR)),
              count(col(ERROR)),
              avg(error.apply(col(ColumnSpec.FEATURES), col(RECONSTRUCTION))))
          .first();
    } catch (Exception e) {
      throw Common.inOptionWords(e);
    }
  }

  private static double squaredError(Vector row, Vector reconstruction, double[] factors) {
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      double difference = factors[i] * (row.apply(i) - reconstruction.apply(i));
      sum += difference * difference;
    }
    return sum;
  }
}
