package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that a classifier reads and writes beside the features, named as MLlib names them.
 */
public interface PredictionParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> labelCol;
    private final Param<String> predictionCol;
    private final Param<String> probabilityCol;
    private final Param<String> rawPredictionCol;
    private final Param<String> family;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      labelCol =
          make.column("labelCol", "column of class indices, 0 to the number of classes less 1");
      predictionCol =
          make.columnOrNone(
              "predictionCol", "column of the most probable class to make; empty for none");
      probabilityCol =
          make.columnOrNone(
              "probabilityCol", "column of the classes' probabilities to make; empty for none");
      rawPredictionCol =
          make.columnOrNone(
              "rawPredictionCol", "column of the classes' logits to make; empty for none");
      family =
          make.choice(
              "family",
              "binomial: one logistic unit; multinomial: a softmax; auto: binomial for two classes",
              "auto",
              "binomial",
              "multinomial");
    }

    void setDefaults(Params parent) {
      parent.setDefault(labelCol, "label");
      parent.setDefault(predictionCol, "prediction");
      parent.setDefault(probabilityCol, "probability");
      parent.setDefault(rawPredictionCol, "rawPrediction");
      parent.setDefault(family, "auto");
    }
  }

  /** {@return where the Params are kept} */
  Holder predictionParams();

  /** {@return column of class indices, from 0; default {@code label}} */
  default Param<String> labelCol() {
    return predictionParams().labelCol;
  }

  /** {@return column of the most probable class; default {@code prediction}} */
  default Param<String> predictionCol() {
    return predictionParams().predictionCol;
  }

  /** {@return column of the probabilities of all classes; default {@code probability}} */
  default Param<String> probabilityCol() {
    return predictionParams().probabilityCol;
  }

  /** {@return column of the logits of all classes; default {@code rawPrediction}} */
  default Param<String> rawPredictionCol() {
    return predictionParams().rawPredictionCol;
  }

  /** {@return auto, binomial (one logistic unit) or multinomial (softmax); default auto} */
  default Param<String> family() {
    return predictionParams().family;
  }

  /** {@return column of class indices} */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** {@return column of the most probable class, empty if none is wanted} */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** {@return column of the probabilities, empty if none is wanted} */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** {@return column of the logits, empty if none is wanted} */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /** {@return auto, binomial or multinomial} */
  default String getFamily() {
    return getOrDefault(family());
  }
}
