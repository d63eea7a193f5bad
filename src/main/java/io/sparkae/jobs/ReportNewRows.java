package io.sparkae.jobs;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.objective.StandardPrior;
import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.AdversarialAutoencoderModel;
import io.sparkae.ml.CodeModel;
import io.sparkae.ml.CodeSpace;
import io.sparkae.ml.DecodingModel;
import io.sparkae.ml.GenerativeModel;
import io.sparkae.ml.VariationalAutoencoderModel;
import io.sparkae.report.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Pictures of rows that a model makes of codes that no row has. */
final class ReportNewRows {
  private static final int COLUMNS = 16;
  private static final int SAMPLES = 4 * COLUMNS;
  private static final int WAYS = 4;
  private static final int GRID = 20;

  private final DecodingModel model;
  private final ImageShape shape;

  ReportNewRows(DecodingModel model, ImageShape shape) {
    this.model = model;
    this.shape = shape;
  }

  /**
   * All that the model can make.
   *
   * @param rows to go between; none for a model without an encoder
   * @param notes takes what could not be made and why
   */
  List<ReportData.Picture> pictures(SparkSession spark, double[][] rows, List<String> notes) {
    List<ReportData.Picture> pictures = new ArrayList<>();
    if (model instanceof GenerativeModel generative) {
      try {
        pictures.add(samples(generative.sample(spark, SAMPLES, 1)));
      } catch (IllegalArgumentException e) { // of a prior whose samples are gone
        notes.add("No new rows are shown: " + e.getMessage() + ".");
      }
    }
    if (model instanceof CodeModel coding && rows.length > 1) {
      pictures.add(interpolations(coding, rows));
    }
    if (isNormal() && model.getCodeSize() == 2) {
      pictures.add(grid());
    }
    return pictures;
  }

  private boolean isNormal() {
    return model instanceof VariationalAutoencoderModel
        || model instanceof AdversarialAutoencoderModel adversarial
            && adversarial.standardPrior().equals(Optional.of(StandardPrior.GAUSSIAN));
  }

  private ReportData.Picture samples(Dataset<Row> sample) {
    List<double[]> rows =
        sample.select(ColumnSpec.FEATURES).collectAsList().stream()
            .map(row -> EncodedRows.features(row, 0))
            .toList();
    return ReportPictures.made(
        "New rows", rows, shape, COLUMNS, "What the model makes of codes drawn from its prior.");
  }

  private ReportData.Picture interpolations(CodeModel coding, double[][] rows) {
    List<double[]> made = new ArrayList<>();
    for (int way = 0; way < Math.min(WAYS, rows.length / 2); way++) {
      Vector from = coding.encode(Vectors.dense(rows[2 * way]));
      Vector to = coding.encode(Vectors.dense(rows[2 * way + 1]));
      CodeSpace.line(from, to, COLUMNS).forEach(code -> made.add(model.decode(code).toArray()));
    }
    return ReportPictures.made(
        "Ways between rows",
        made,
        shape,
        COLUMNS,
        "What the model makes of codes on the line between those of two rows.");
  }

  private ReportData.Picture grid() {
    List<double[]> made =
        CodeSpace.grid(GRID).stream().map(code -> model.decode(code).toArray()).toList();
    return ReportPictures.made(
        "The plane of codes",
        made,
        shape,
        GRID,
        "What the model makes of codes over the plane, in steps that are as likely.");
  }
}
