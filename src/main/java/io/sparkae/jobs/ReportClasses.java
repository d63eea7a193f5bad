package io.sparkae.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.not;

import io.sparkae.report.ReportData;
import io.sparkae.spark.InputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a classifier makes of rows that have a label.
 *
 * @param counts rows by label and prediction
 * @param names the classes by their labels, as far as the table names them
 */
record ReportClasses(Map<Double, Map<Double, Long>> counts, List<String> names) {
  private static final String LABEL = "sparkae_label";
  private static final String PREDICTION = "sparkae_prediction";

  /** Classifies the rows of a sample; nothing if it has no labels. */
  static Optional<ReportClasses> of(Model<?> model, ReportSample sample) {
    if (!Models.classifies(model)) {
      return Optional.empty();
    }
    String label = Models.labelCol(model);
    return sample
        .labelColumn(label)
        .map(name -> new ReportClasses(counts(model, sample, name), sample.labelNames(name)))
        .filter(classes -> !classes.counts.isEmpty());
  }

  private static Map<Double, Map<Double, Long>> counts(
      Model<?> model, ReportSample sample, String label) {
    Model<?> named = model.copy(ParamMap.empty());
    Map<String, String> settings =
        Map.of(
            "predictionCol", PREDICTION,
            "probabilityCol", "",
            "rawPredictionCol", "",
            "handleInvalid", "skip");
    settings.forEach((param, value) -> named.set(param, value));
    Column truth = InputColumn.named(label).cast(DataTypes.DoubleType).as(LABEL);
    Map<Double, Map<Double, Long>> counts = new TreeMap<>();
    for (Row row :
        named
            .transform(sample.table())
            .select(truth, col(PREDICTION))
            .filter(col(LABEL).isNotNull().and(not(isnan(col(LABEL)))))
            .groupBy(col(LABEL), col(PREDICTION))
            .count()
            .collectAsList()) {
      counts
          .computeIfAbsent(row.getDouble(0), key -> new TreeMap<>())
          .put(row.getDouble(1), row.getLong(2));
    }
    return counts;
  }

  /** The rows that have a label. */
  long rows() {
    return counts.keySet().stream().mapToLong(this::rows).sum();
  }

  /** {@code 28 (1.40 %)}: the rows that are classified wrongly. */
  String errors() {
    long wrong = counts.keySet().stream().mapToLong(this::wrong).sum();
    return String.format(Locale.ROOT, "%,d (%.2f %%)", wrong, 100.0 * wrong / rows());
  }

  private long rows(double label) {
    return counts.get(label).values().stream().mapToLong(Long::longValue).sum();
  }

  private long wrong(double label) {
    return rows(label) - count(label, label);
  }

  private long count(double label, double prediction) {
    return counts.getOrDefault(label, Map.of()).getOrDefault(prediction, 0L);
  }

  /** A line for each label with the numbers of rows by prediction; nothing of many classes. */
  Optional<ReportData.Table> table() {
    TreeSet<Double> classes = new TreeSet<>(counts.keySet());
    counts.values().forEach(predictions -> classes.addAll(predictions.keySet()));
    if (classes.size() > ReportSample.MOST_LABELS) {
      return Optional.empty();
    }
    List<String> head = new ArrayList<>(List.of("label"));
    classes.forEach(label -> head.add(ReportSample.name(label, names)));
    head.add("wrong, %");
    List<List<Object>> lines = new ArrayList<>();
    for (double label : counts.keySet()) {
      List<Object> line = new ArrayList<>(List.of(ReportSample.name(label, names)));
      classes.forEach(prediction -> line.add(count(label, prediction)));
      line.add(Math.rint(1e4 * wrong(label) / rows(label)) / 100);
      lines.add(line);
    }
    return Optional.of(
        new ReportData.Table(
            "Confusion matrix",
            head,
            lines,
            "How many rows of each label (down) are taken for which class (across)."));
  }
}
