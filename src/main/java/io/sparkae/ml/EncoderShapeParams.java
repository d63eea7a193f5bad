package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What a trained classifier has of its encoder and its classes. */
public interface EncoderShapeParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> codeActivation;
    private final IntParam kSparse;
    private final IntParam numClasses;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      codeActivation =
          make.choice("codeActivation", "of the last of the hidden layers", Activation.class);
      kSparse =
          make.wholeNumber(
              "kSparse",
              "the largest units of the last hidden layer that stay, the rest are 0; 0 for all",
              0);
      numClasses = make.wholeNumber("numClasses", "number of classes", 2);
    }

    void setDefaults(Params parent) {
      parent.setDefault(codeActivation, Check.camelCase(Activation.RELU));
      parent.setDefault(kSparse, 0);
      parent.setDefault(numClasses, 2);
    }
  }

  /** {@return where the Params are kept} */
  Holder encoderShapeParams();

  /** {@return activation of the last of the hidden layers; default relu} */
  default Param<String> codeActivation() {
    return encoderShapeParams().codeActivation;
  }

  /** {@return units of the last hidden layer that stay, 0 for all; default 0} */
  default IntParam kSparse() {
    return encoderShapeParams().kSparse;
  }

  /** {@return number of classes; default 2} */
  default IntParam numClasses() {
    return encoderShapeParams().numClasses;
  }

  /** {@return activation of the last of the hidden layers} */
  default String getCodeActivation() {
    return getOrDefault(codeActivation());
  }

  /** {@return units of the last hidden layer that stay} */
  default int getKSparse() {
    return (int) getOrDefault(kSparse());
  }

  /** {@return number of classes} */
  default int getNumClasses() {
    return (int) getOrDefault(numClasses());
  }
}
