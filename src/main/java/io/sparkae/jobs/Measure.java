package io.sparkae.jobs;

import io.sparkae.ml.AdversarialAutoencoderModel;
import io.sparkae.ml.GenerativeAdversarialNetworkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Some of the figures that {@code evaluate} gives of a model: aggregates over what it makes. */
interface Measure {
  /**
   * What can be measured of a model.
   *
   * @param likelihoodSamples samples of each row's posterior, for a model that has one
   * @param unitFactors by which differences of features are multiplied to be in the units before
   *     scaling, if they were scaled
   */
  static List<Measure> of(Model<?> model, int likelihoodSamples, Optional<double[]> unitFactors) {
    if (Models.classifies(model)) {
      return List.of(new PredictionMeasure(Models.labelCol(model)));
    }
    if (Models.isVariational(model)) {
      return List.of(
          new ReconstructionMeasure(unitFactors), new VariationalMeasure(likelihoodSamples));
    }
    if (model instanceof GenerativeAdversarialNetworkModel) {
      return List.of(new DiscriminatorMeasure());
    }
    List<Measure> measures = new ArrayList<>();
    measures.add(new ReconstructionMeasure(unitFactors));
    measures.addAll(JacobianMeasure.of(model)); // the numbers of each unit come last
    measures.add(new CodeMeasure());
    if (model instanceof AdversarialAutoencoderModel) {
      measures.add(new CodeMomentsMeasure());
    }
    return measures;
  }

  /** Has the model make the columns that are needed. */
  void nameColumns(Model<?> model);

  /** Aggregates over the rows that the model transformed. */
  List<Column> aggregates();

  /**
   * Adds the figures by their names in JSON.
   *
   * @param row the aggregates, and those of others
   * @param at place of the first one
   */
  void addFigures(Row row, int at, Map<String, Object> figures);

  /**
   * The same figures as lines for people.
   *
   * @param row the aggregates, and those of others
   * @param at place of the first one
   * @param rows how many were measured
   */
  List<String> lines(Row row, int at, long rows);
}
