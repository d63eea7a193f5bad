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
   * @param planes points of the plane, such as codes
   * @param units statistics of each unit of the code
   * @param features features with the largest errors first
   * @param tables more numbers, such as rows with their reconstructions where they are no pictures
   * @param notes what is missing here and why
   */
  public record ModelReport(
      String name,
      Map<String, String> facts,
      List<Setting> settings,
      Curves curves,
      List<Curves> pretraining,
      List<Picture> pictures,
      List<Scatter> planes,
      List<Unit> units,
      List<FeatureError> features,
      List<Table> tables,
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
   * @param loss mean loss, all parts added but those of opponents
   * @param losses each part and each opponent's by its name
   * @param unitKl divergence of each unit of the code from the prior; null where codes have no
   *     distribution
   * @param validation mean loss over validation rows; empty if there were none
   * @param validationName what those losses are
   * @param stepSizes step size of the last step
   * @param bestEpoch epoch that the model is of, from 0
   * @param game whether the losses are those of several players, whose sum means nothing
   */
  public record Curves(
      String name,
      String unit,
      double[] loss,
      Map<String, double[]> losses,
      double[][] unitKl,
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
   * @param title what it is called
   * @param caption what the axes are
   * @param x first coordinates
   * @param y second coordinates
   * @param groups index of each point's label in {@code labels}; empty if there are no labels
   * @param labels names of the labels
   */
  public record Scatter(
      String title, String caption, float[] x, float[] y, int[] groups, List<String> labels) {}

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
   * A table of texts and numbers.
   *
   * @param title what it is called
   * @param head names of the columns, of which the first names the line
   * @param lines the lines, each as long as the head
   * @param caption what it shows; may be empty
   */
  public record Table(String title, List<String> head, List<List<Object>> lines, String caption) {}
}
