package io.sparkae.jobs;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.GenerativeAdversarialNetworkModel;
import io.sparkae.ml.TrainedModel;
import io.sparkae.report.Pictures;
import io.sparkae.report.ReportData;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The pictures of a report: rows above their reconstructions, and the first layer's weights. */
final class ReportPictures {
  private static final int PAIRS = 16;
  private static final int FILTERS = 64;
  private static final int COLUMNS = 16;

  /** The sheet is about this wide, whatever the size of a picture. */
  private static final int SHEET_WIDTH = 1100;

  private ReportPictures() {}

  /** The first rows, and under each its reconstruction. */
  static ReportData.Picture pairs(EncodedRows rows, ImageShape shape) {
    int count = Math.min(PAIRS, rows.size());
    List<double[]> all = new ArrayList<>(List.of(rows.originals()).subList(0, count));
    all.addAll(List.of(rows.reconstructions()).subList(0, count));
    return picture(
        "Rows and their reconstructions",
        onScale(all, all.subList(0, count)),
        shape,
        count,
        "Rows above, and under each what the model makes of its code.");
  }

  /**
   * Rows that a model made.
   *
   * @param columns side by side
   */
  static ReportData.Picture made(
      String title, List<double[]> rows, ImageShape shape, int columns, String caption) {
    return made(title, rows, rows, shape, columns, caption);
  }

  /**
   * The same on the scale of some of the rows.
   *
   * @param scale those rows
   */
  static ReportData.Picture made(
      String title,
      List<double[]> rows,
      List<double[]> scale,
      ImageShape shape,
      int columns,
      String caption) {
    return picture(title, onScale(rows, scale), shape, columns, caption);
  }

  /** Rows with 0 as dark and 1 as light, or the ends of others' values if those go beyond. */
  private static List<float[]> onScale(List<double[]> rows, List<double[]> others) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] row : others) {
      for (double value : row) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    boolean unit = low >= 0 && high <= 1;
    double dark = unit ? 0 : low;
    double light = unit ? 1 : high;
    return rows.stream().map(row -> between(row, dark, light)).toList();
  }

  /** The weights of the units of the first layer with the longest weight vectors. */
  static ReportData.Picture filters(TrainedModel model, ImageShape shape) {
    ParameterSlice weights = model.firstWeights();
    return filters(model, shape, lengths(model.parameters(), weights), "longest first");
  }

  /**
   * The same of units that are the code's, if the encoder has one layer: those that tell rows apart
   * the most, by the deviation of their values times the length of their weights. Units that are
   * never active have long weights, too, if they are still those of the start.
   */
  static ReportData.Picture filters(
      TrainedModel model, ImageShape shape, List<ReportData.Unit> code) {
    ParameterSlice weights = model.firstWeights();
    if (weights.columns() != code.size()) {
      return filters(model, shape);
    }
    double[] spreads = lengths(model.parameters(), weights);
    for (int unit = 0; unit < spreads.length; unit++) {
      spreads[unit] *= code.get(unit).deviation();
    }
    return filters(model, shape, spreads, "those first that change most from row to row");
  }

  private static double[] lengths(float[] parameters, ParameterSlice weights) {
    double[] lengths = new double[weights.columns()];
    for (int row = 0; row < weights.rows(); row++) {
      for (int unit = 0; unit < lengths.length; unit++) {
        double w = parameters[weights.offset() + row * lengths.length + unit];
        lengths[unit] += w * w;
      }
    }
    return Arrays.stream(lengths).map(Math::sqrt).toArray();
  }

  private static ReportData.Picture filters(
      TrainedModel model, ImageShape shape, double[] ranks, String order) {
    ParameterSlice weights = model.firstWeights();
    float[] parameters = model.parameters();
    List<float[]> images =
        IntStream.range(0, ranks.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer unit) -> -ranks[unit]))
            .limit(FILTERS)
            .map(unit -> filter(parameters, weights, unit))
            .toList();
    return picture(
        model instanceof GenerativeAdversarialNetworkModel
            ? "Filters of the discriminator"
            : "Encoder filters",
        images,
        shape,
        COLUMNS,
        String.format(
            "Weights of %d of the %d units of the first layer, %s: grey is 0, light positive, dark"
                + " negative, each to its own scale.",
            images.size(), ranks.length, order));
  }

  private static float[] filter(float[] parameters, ParameterSlice weights, int unit) {
    double[] values = new double[weights.rows()];
    double largest = 0;
    for (int row = 0; row < values.length; row++) {
      values[row] = parameters[weights.offset() + row * weights.columns() + unit];
      largest = Math.max(largest, Math.abs(values[row]));
    }
    return between(values, -largest, largest);
  }

  /** The values with {@code low} as 0 and {@code high} as 1; one half if those are the same. */
  private static float[] between(double[] values, double low, double high) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = high > low ? (float) ((values[i] - low) / (high - low)) : 0.5f;
    }
    return result;
  }

  private static ReportData.Picture picture(
      String title, List<float[]> images, ImageShape shape, int columns, String caption) {
    int across = Math.min(columns, images.size());
    int scale = Math.max(1, Math.min(4, SHEET_WIDTH / (across * (shape.width() + 1) + 1)));
    BufferedImage sheet = Pictures.grid(images, shape, columns, scale);
    String png = Base64.getEncoder().encodeToString(Pictures.png(sheet));
    return new ReportData.Picture(
        title, "data:image/png;base64," + png, sheet.getWidth(), sheet.getHeight(), caption);
  }
}
