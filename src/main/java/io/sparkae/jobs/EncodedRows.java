package io.sparkae.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sparkae.core.objective.VariationalRunner;
import io.sparkae.report.ReportData;
import io.sparkae.spark.InputColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows on the driver with their codes and reconstructions.
 *
 * @param originals features of each row
 * @param reconstructions features of each reconstruction
 * @param codes code of each row
 * @param errors squared error of each row, summed over features
 * @param labels label of each row; empty if there are none
 * @param logVariances of the code of each row; empty if codes have no distribution
 */
record EncodedRows(
    double[][] originals,
    double[][] reconstructions,
    double[][] codes,
    double[] errors,
    double[] labels,
    double[][] logVariances) {
  private static final String CODE = "sparkae_code";
  private static final String RECONSTRUCTION = "sparkae_reconstruction";
  private static final String LABEL = "sparkae_label";
  private static final String LOG_VARIANCE = "sparkae_log_variance";
  private static final String ERROR = "sparkae_error";

  /** Encodes a sample; rows that are invalid are left out, as are those without a label. */
  static EncodedRows of(Model<?> model, ReportSample sample) {
    Model<?> named = model.copy(ParamMap.empty());
    Map<String, String> settings =
        Map.of(
            "outputCol", CODE,
            "reconstructionCol", RECONSTRUCTION,
            "errorCol", ERROR,
            "handleInvalid", "skip");
    settings.forEach((param, value) -> named.set(param, value));
    boolean variational = Models.isVariational(named);
    if (variational) {
      named.set("logVarianceCol", LOG_VARIANCE);
    }
    Column label =
        sample
            .labelColumn()
            .map(name -> InputColumn.named(name).cast(DataTypes.DoubleType))
            .orElse(lit(0.0));
    Dataset<Row> encoded =
        named
            .transform(sample.table())
            .select(
                features(model),
                col(RECONSTRUCTION),
                col(CODE),
                col(ERROR),
                label.as(LABEL),
                variational ? col(LOG_VARIANCE) : lit(0).as(LOG_VARIANCE));
    List<Row> rows = encoded.filter(col(LABEL).isNotNull()).collectAsList();
    if (rows.isEmpty()) {
      throw new UsageException("the table has no valid rows to make a report of");
    }
    return new EncodedRows(
        rows.stream().map(row -> features(row, 0)).toArray(double[][]::new),
        rows.stream().map(row -> features(row, 1)).toArray(double[][]::new),
        rows.stream().map(row -> features(row, 2)).toArray(double[][]::new),
        rows.stream().mapToDouble(row -> row.getDouble(3)).toArray(),
        sample.labelColumn().isPresent()
            ? rows.stream().mapToDouble(row -> row.getDouble(4)).toArray()
            : new double[0],
        variational
            ? rows.stream().map(row -> features(row, 5)).toArray(double[][]::new)
            : new double[0][]);
  }

  /** What a model reads, as one column. */
  static Column features(Model<?> model) {
    return Models.inputCols(model)
        .map(InputColumn::numbers)
        .orElseGet(() -> InputColumn.named(Models.features(model).get(0)));
  }

  /** Features of a row in whatever form they have. */
  static double[] features(Row row, int column) {
    if (row.get(column) instanceof Vector vector) {
      return vector.toArray();
    }
    return row.<Number>getList(column).stream().mapToDouble(Number::doubleValue).toArray();
  }

  int size() {
    return originals.length;
  }

  double meanError() {
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    return sum / errors.length;
  }

  /** Statistics of each unit of the code over the rows. */
  List<ReportData.Unit> units() {
    List<ReportData.Unit> units = new ArrayList<>();
    for (int unit = 0; unit < codes[0].length; unit++) {
      int u = unit;
      double[] values = IntStream.range(0, size()).mapToDouble(i -> codes[i][u]).toArray();
      double zeros = (double) IntStream.range(0, size()).filter(i -> values[i] == 0).count();
      units.add(
          new ReportData.Unit(
              mean(values), Math.sqrt(variance(values)), zeros / size(), divergence(unit)));
    }
    return units;
  }

  /** KL(q(z|x)‖p(z)) of a unit, mean over the rows; null where codes have no distribution. */
  private Double divergence(int unit) {
    return logVariances.length == 0
        ? null
        : IntStream.range(0, size())
            .mapToDouble(i -> VariationalRunner.divergence(codes[i][unit], logVariances[i][unit]))
            .average()
            .orElseThrow();
  }

  /** The features with the largest mean squared errors, the largest first. */
  List<ReportData.FeatureError> featureErrors(List<String> names, int most) {
    List<ReportData.FeatureError> errorsOf = new ArrayList<>();
    for (int feature = 0; feature < names.size(); feature++) {
      int f = feature;
      double[] values = IntStream.range(0, size()).mapToDouble(i -> originals[i][f]).toArray();
      double sum = 0;
      for (int i = 0; i < size(); i++) {
        double difference = reconstructions[i][f] - originals[i][f];
        sum += difference * difference;
      }
      errorsOf.add(new ReportData.FeatureError(names.get(f), sum / size(), variance(values)));
    }
    return errorsOf.stream()
        .sorted(Comparator.comparingDouble(ReportData.FeatureError::error).reversed())
        .limit(most)
        .toList();
  }

  /** The first rows, and below each its reconstruction, of the first features. */
  ReportData.Table pairs(List<String> names, int mostRows, int mostFeatures) {
    int features = Math.min(mostFeatures, names.size());
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(names.subList(0, features));
    head.add("error of the row");
    List<List<Object>> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(mostRows, size()); i++) {
      lines.add(line("row " + (i + 1), originals[i], features, ""));
      lines.add(line("reconstruction", reconstructions[i], features, errors[i]));
    }
    return new ReportData.Table("Rows and their reconstructions", head, lines, "");
  }

  private static List<Object> line(String name, double[] values, int features, Object last) {
    List<Object> line = new ArrayList<>(List.of(name));
    Arrays.stream(values).limit(features).forEach(line::add);
    line.add(last);
    return line;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
