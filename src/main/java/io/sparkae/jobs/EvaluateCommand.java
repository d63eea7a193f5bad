package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures how well a saved model reconstructs a table. */
final class EvaluateCommand implements Command {
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final String ERROR = "sparkae_error";

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
        Common.HANDLE_INVALID,
        Common.JSON,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Storage storage = new Storage(session.spark());
      Model<?> model = Models.load(session.spark(), storage, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = storage.table(INPUT.name(), arguments.get(INPUT));
      Common.setFeatures(model, arguments, table.schema());
      Common.setHandleInvalid(model, arguments);
      Models.clearOutputs(model);
      Models.set(model, "errorCol", ERROR, Common.SAVED_MODEL.name());
      Row measured = measure(model, table);
      long rows = measured.getLong(1);
      if (rows == 0) {
        throw new UsageException("--input " + arguments.get(INPUT) + " has no rows to measure");
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("squaredErrorPerRow", measured.getDouble(0));
      result.put("rows", rows);
      if (arguments.get(Common.JSON)) {
        console.json(result);
      } else {
        console.result(
            "squared error per row (sum over features, mean over %d rows): %.4f",
            rows, measured.getDouble(0));
      }
    }
  }

  private static Row measure(Model<?> model, Dataset<Row> table) {
    try {
      return model.transform(table).agg(avg(col(ERROR)), count(col(ERROR))).first();
    } catch (Exception e) {
      throw Common.inOptionWords(e);
    }
  }
}
