package io.sparkae.jobs;

import static org.apache.spark.sql.functions.col;

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
record ReportClasses(Map<Integer, Map<Integer, Long>> counts, List<String> names) {
  private static final String LABEL = "sparkae_label";
  private static final String PREDICTION = "sparkae_prediction";

  /** More classes than this make no table to look at. */
  private static final int MOST_CLASSES = 20;

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

  private static Map<Integer, Map<Integer, Long>> counts(
      Model<?> model, ReportSample sample, String label) {
    Model<?> named = model.copy(ParamMap.empty());
    Map<String, String> settings =
        Map.of(
            "predictionCol", PREDICTION,
            "probabilityCol", "",
            "rawPredictionCol", "",
            "handleInvalid", "skip");
    settings.forEach((param, value) -> named.set(param, value));
    Column truth = InputColumn.named(label).cast(DataTypes.IntegerType).as(LABEL);
    Map<Integer, Map<Integer, Long>> counts = new TreeMap<>();
    for (Row row :
        named
            .transform(sample.table())
            .select(truth, col(PREDICTION).cast(DataTypes.IntegerType))
            .filter(col(LABEL).isNotNull())
            .groupBy(col(LABEL), col(PREDICTION))
            .count()
            .collectAsList()) {
      counts
          .computeIfAbsent(row.getInt(0), key -> new TreeMap<>())
          .put(row.getInt(1), row.getLong(2));
    }
    return counts;
  }

  /** {@code 1.40 % of 2,000}: the part of the rows that are classified wrongly. */
  String errors() {
    long rows = counts.keySet().stream().mapToLong(this::rows).sum();
    long wrong = counts.keySet().stream().mapToLong(this::wrong).sum();
    return String.format(Locale.ROOT, "%.2f %% of %,d", 100.0 * wrong / rows, rows);
  }

  private long rows(int label) {
    return counts.get(label).values().stream().mapToLong(Long::longValue).sum();
  }

  private long wrong(int label) {
    return rows(label) - count(label, label);
  }

  private long count(int label, int prediction) {
    return counts.getOrDefault(label, Map.of()).getOrDefault(prediction, 0L);
  }

  private String name(int label) {
    return label >= 0 && label < names.size() ? names.get(label) : String.valueOf(label);
  }

  /** A line for each label with the numbers of rows by prediction; nothing of many classes. */
  Optional<ReportData.Table> table() {
    TreeSet<Integer> classes = new TreeSet<>(counts.keySet());
    counts.values().forEach(predictions -> classes.addAll(predictions.keySet()));
    if (classes.size() > MOST_CLASSES) {
      return Optional.empty();
    }
    List<String> head = new ArrayList<>(List.of("label"));
    classes.forEach(label -> head.add(name(label)));
    head.add("wrong, %");
    List<List<Object>> lines = new ArrayList<>();
    for (int label : counts.keySet()) {
      List<Object> line = new ArrayList<>(List.of(name(label)));
      classes.forEach(prediction -> line.add(count(label, prediction)));
      line.add(100.0 * wrong(label) / rows(label));
      lines.add(line);
    }
    return Optional.of(
        new ReportData.Table(
            "Labels and predictions",
            head,
            lines,
            "How many rows of each label (down) are taken for which class (across)."));
  }
}
