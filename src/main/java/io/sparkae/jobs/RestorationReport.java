package io.sparkae.jobs;

import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.Restorer;
import io.sparkae.report.HtmlReport;
import io.sparkae.report.ReportData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a person wants to see of restored rows, beside what their means would have given. */
final class RestorationReport {
  static final String NAME = "report.html";

  private static final int ROWS = 1000;
  private static final int SHOWN = 16;
  private static final int MOST_FEATURES = 20;
  private static final int MOST_ROWS = 6;
  private static final int MOST_COLUMNS = 8;

  private final Restorer restorer;
  private final RestorationFigures figures;
  private final List<Row> rows;
  private final List<String> names;
  private final Optional<ImageShape> shape;
  private final boolean measured;

  /**
   * @param figures of all rows
   * @param restored rows as {@link RestoredColumns} has them
   * @param names of the features
   * @param shape empty for rows that are no pictures
   */
  RestorationReport(
      Restorer restorer,
      RestorationFigures figures,
      Dataset<Row> restored,
      List<String> names,
      Optional<ImageShape> shape) {
    this.restorer = restorer;
    this.figures = figures;
    this.rows = restored.takeAsList(ROWS);
    this.names = names;
    this.shape = shape;
    this.measured = figures.isMeasured();
  }

  /**
   * The page.
   *
   * @param path of the restored rows
   * @param model path of the model
   */
  byte[] html(String path, String model) {
    List<String> notes =
        measured
            ? List.of()
            : List.of(
                "Errors on missing features are unknown: name a column of the rows as they were"
                    + " with --truth-col.");
    ReportData.ModelReport report =
        new ReportData.ModelReport(
            path,
            figures.facts(),
            settings(),
            null,
            List.of(),
            pictures(),
            confidences().stream().toList(),
            List.of(),
            List.of(),
            tables(),
            notes);
    return HtmlReport.render(
            new ReportData(path, "restored by the decoder of " + model, List.of(report)))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The restorer's, but for columns that nobody has asked for. */
  private List<ReportData.Setting> settings() {
    return ReportBuilder.settings(restorer).stream()
        .filter(setting -> !setting.value().startsWith(RestoreCommand.HIDDEN))
        .toList();
  }

  private List<ReportData.Picture> pictures() {
    List<ReportData.Picture> pictures = new ArrayList<>();
    if (shape.isPresent() && !rows.isEmpty()) {
      List<Row> first = rows.subList(0, Math.min(SHOWN, rows.size()));
      List<double[]> images = RestoredPicture.images(first, restorer);
      String caption =
          "Rows as they were given (missing features grey), below them as they were restored"
              + (images.size() > 2 * first.size() ? ", and last as they should be." : ".");
      pictures.add(
          ReportPictures.made(
              "Restored rows",
              images,
              images.subList(first.size(), images.size()), // as noise is not
              shape.get(),
              first.size(),
              caption));
      figures
          .errorMaps()
          .ifPresent(
              maps ->
                  pictures.add(
                      ReportPictures.made(
                          "Where the errors are",
                          maps,
                          shape.get(),
                          maps.size(),
                          "Mean squared error of each missing feature: of its mean on the left, as"
                              + " restored on the right; dark is none, light the largest.")));
    }
    return pictures;
  }

  /** How sure the restorer was of each row, and how right it was to be so. */
  private Optional<ReportData.Scatter> confidences() {
    double[] means = restorer.featureMeans();
    List<float[]> points = new ArrayList<>();
    for (Row row : rows) {
      double imputed = 0;
      double left = 0;
      if (!row.isNullAt(RestoredColumns.TRUTH)) {
        double[] given = RestoredColumns.given(row, restorer.getDistrusted());
        double[] restored = EncodedRows.features(row, RestoredColumns.RESTORED);
        double[] truth = EncodedRows.features(row, RestoredColumns.TRUTH);
        for (int i = 0; i < given.length; i++) {
          if (Double.isNaN(given[i])) {
            left += (restored[i] - truth[i]) * (restored[i] - truth[i]);
            imputed += (means[i] - truth[i]) * (means[i] - truth[i]);
          }
        }
      }
      if (imputed > 0) {
        double explained = Math.max(-1, 1 - left / imputed);
        points.add(
            new float[] {(float) row.getDouble(RestoredColumns.CONFIDENCE), (float) explained});
      }
    }
    if (points.isEmpty()) {
      return Optional.empty();
    }
    float[] x = new float[points.size()];
    float[] y = new float[points.size()];
    IntStream.range(0, x.length)
        .forEach(
            i -> {
              x[i] = points.get(i)[0];
              y[i] = points.get(i)[1];
            });
    return Optional.of(
        new ReportData.Scatter(
            "Confidence of rows",
            "To the right the confidence of a row, upwards what was explained of it: 1 − squared"
                + " error / squared error of the means (at least −1 is shown).",
            x,
            y,
            new int[0],
            List.of()));
  }

  private List<ReportData.Table> tables() {
    if (shape.isPresent() || rows.isEmpty()) {
      return List.of();
    }
    List<ReportData.Table> tables = new ArrayList<>();
    if (measured) {
      tables.add(
          new ReportData.Table(
              "Missing features",
              List.of("feature", "rows that miss it", "error of its mean", "error as restored"),
              figures.features(names, MOST_FEATURES),
              "Mean squared errors over the rows that miss the feature, the largest of the means'"
                  + " first."));
    }
    tables.add(pairs());
    return tables;
  }

  private ReportData.Table pairs() {
    int columns = Math.min(MOST_COLUMNS, names.size());
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(names.subList(0, columns));
    List<List<Object>> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_ROWS, rows.size()); i++) {
      Row row = rows.get(i);
      lines.add(line("row " + (i + 1), RestoredColumns.given(row, restorer.getDistrusted())));
      lines.add(line("restored", EncodedRows.features(row, RestoredColumns.RESTORED)));
      if (!row.isNullAt(RestoredColumns.TRUTH)) {
        lines.add(line("as it should be", EncodedRows.features(row, RestoredColumns.TRUTH)));
      }
    }
    return new ReportData.Table("Restored rows", head, lines, "");
  }

  private List<Object> line(String name, double[] values) {
    List<Object> line = new ArrayList<>(List.of(name));
    Arrays.stream(values)
        .limit(Math.min(MOST_COLUMNS, names.size()))
        .forEach(value -> line.add(Double.isNaN(value) ? "missing" : value));
    return line;
  }
}
