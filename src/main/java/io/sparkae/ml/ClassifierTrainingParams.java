package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** How a classifier is trained, whatever it starts from. */
public interface ClassifierTrainingParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DoubleParam weightDecay;
    private final Param<String> validationMetric;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      weightDecay =
          make.atLeastZero("weightDecay", "lambda of lambda/2 times the sum of squared weights");
      validationMetric =
          make.choice(
              "validationMetric",
              "what early stopping looks at: error, the part of the validation rows that are classified wrongly, or loss",
              "error",
              "loss");
    }

    void setDefaults(Params parent) {
      parent.setDefault(weightDecay, 0.0);
      parent.setDefault(validationMetric, "error");
    }
  }

  /** {@return where the Params are kept} */
  Holder classifierTrainingParams();

  /** {@return λ of λ/2·‖W‖² over all weights; default 0} */
  default DoubleParam weightDecay() {
    return classifierTrainingParams().weightDecay;
  }

  /** {@return what early stopping looks at, error or loss; default error} */
  default Param<String> validationMetric() {
    return classifierTrainingParams().validationMetric;
  }

  /** {@return λ of the weight decay} */
  default double getWeightDecay() {
    return (double) getOrDefault(weightDecay());
  }

  /** {@return error or loss} */
  default String getValidationMetric() {
    return getOrDefault(validationMetric());
  }
}
