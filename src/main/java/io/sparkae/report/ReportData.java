package io.sparkae.report;

import java.util.List;
import java.util.Map;

/**
 * What a report shows, as plain numbers and texts.
 *
 * @param title heading
 * @param source where the rows come from that reconstructions and codes are made of; empty if there
 *     were none
 * @param models one or more models, shown side by side
 */
public record ReportData(String title, String source, List<ModelReport> models) {
  /**
   * One model. What a model or its rows do not have is null or empty, and left out.
   *
   * @param name path or uid
   * @param facts short facts by their names, in order
   * @param settings the Params
   * @param curves how training went
   * @param pretraining how trainings before it went, such as those of layers
   * @param pictures rows above their reconstructions, new rows, the first layer's weights
   * @param codes the codes in two dimensions
   * @param principal the rows' first two principal components
   * @param units statistics of each unit of the code
   * @param features features with the largest errors first
   * @param rows some rows with their reconstructions, where they are no pictures
   * @param notes what is missing here and why
   */
  public record ModelReport(
      String name,
      Map<String, String> facts,
      List<Setting> settings,
      Curves curves,
      List<Curves> pretraining,
      List<Picture> pictures,
      Scatter codes,
      Scatter principal,
      List<Unit> units,
      List<FeatureError> features,
      List<RowPair> rows,
      List<String> notes) {}

  /**
   * A Param.
   *
   * @param name its name
   * @param value as text
   * @param isDefault whether nobody set it
   * @param meaning its documentation
   */
  public record Setting(String name, String value, boolean isDefault, String meaning) {}

  /**
   * Learning curves, one value for each epoch.
   *
   * @param name what was trained; empty if there was one training
   * @param unit what an epoch is called: {@code epoch}, or {@code iteration} where each step is on
   *     all rows
   * @param losses mean loss by name
   * @param validation mean loss over validation rows; empty if there were none
   * @param validationName what those losses are
   * @param stepSizes step size of the last step
   * @param bestEpoch epoch that the model is of, from 0
   * @param game whether the losses are those of several players, whose sum means nothing
   */
  public record Curves(
      String name,
      String unit,
      Map<String, double[]> losses,
      double[] validation,
      String validationName,
      double[] stepSizes,
      int bestEpoch,
      boolean game) {}

  /**
   * A picture.
   *
   * @param title what it is called
   * @param uri PNG as a data URI
   * @param width pixels
   * @param height pixels
   * @param caption what it shows
   */
  public record Picture(String title, String uri, int width, int height, String caption) {}

  /**
   * Points of the plane.
   *
   * @param caption what the axes are
   * @param x first coordinates
   * @param y second coordinates
   * @param groups index of each point's label in {@code labels}; empty if there are no labels
   * @param labels names of the labels
   */
  public record Scatter(String caption, float[] x, float[] y, int[] groups, List<String> labels) {}

  /**
   * A unit of the code.
   *
   * @param mean mean activation
   * @param deviation standard deviation of the activation
   * @param zeros part of the rows on which it is exactly 0
   * @param divergence KL(q(z|x)‖p(z)) of the unit, mean over rows; null where codes have no
   *     distribution
   */
  public record Unit(double mean, double deviation, double zeros, Double divergence) {}

  /**
   * A feature.
   *
   * @param name its name, or its place where it has none
   * @param error mean squared error
   * @param variance variance of the feature
   */
  public record FeatureError(String name, double error, double variance) {}

  /**
   * A row and its reconstruction, of some features.
   *
   * @param names the features
   * @param original values of the row
   * @param reconstruction values of the reconstruction
   * @param error squared error of the whole row
   */
  public record RowPair(
      List<String> names, double[] original, double[] reconstruction, double error) {}
}
