package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.udf;

import io.sparkae.spark.InputColumn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** How often a classifier errs, and the mean of −log p(label), over the rows that have a label. */
final class PredictionMeasure implements Measure {
  private static final String PREDICTION = "sparkae_prediction";
  private static final String PROBABILITY = "sparkae_probability";

  private final String label;

  /** Against the class indices of a column. */
  PredictionMeasure(String label) {
    this.label = label;
  }

  @Override
  public void nameColumns(Model<?> model) {
    Models.set(model, "predictionCol", PREDICTION, Common.SAVED_MODEL.name());
    Models.set(model, "probabilityCol", PROBABILITY, Common.SAVED_MODEL.name());
    Models.set(model, "rawPredictionCol", "", Common.SAVED_MODEL.name());
  }

  @Override
  public List<Column> aggregates() {
    Column truth = InputColumn.named(label).cast(DataTypes.DoubleType);
    UserDefinedFunction surprise =
        udf((Double y, Vector p) -> surprise(y, p), DataTypes.DoubleType);
    return List.of(
        avg(truth.notEqual(col(PREDICTION)).cast(DataTypes.DoubleType)),
        avg(surprise.apply(truth, col(PROBABILITY))),
        count(truth));
  }

  /** −log p(label), infinite of a class that training had none of; null of no label. */
  private static Double surprise(Double label, Vector probability) {
    if (label == null) {
      return null;
    }
    int index = label.intValue();
    boolean known = index == label && index >= 0 && index < probability.size();
    return known ? -Math.log(probability.apply(index)) : Double.POSITIVE_INFINITY;
  }

  private static long labelled(Row row, int at) {
    return row.getLong(at + 2);
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    figures.put("labelledRows", labelled(row, at));
    if (row.isNullAt(at)) {
      return;
    }
    figures.put("testErrorPercent", 100 * row.getDouble(at));
    double loss = row.getDouble(at + 1);
    if (Double.isFinite(loss)) { // JSON has no other
      figures.put("logLoss", loss);
    }
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    if (row.isNullAt(at)) {
      return List.of("none of the " + rows + " rows has a label in the column " + label);
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "classified wrongly: %.2f%% of %d rows with a label",
            100 * row.getDouble(at),
            labelled(row, at)),
        String.format(Locale.ROOT, "mean of -log p(label): %.4f", row.getDouble(at + 1)));
  }
}
