package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What a classifier starts from, and how its head is trained before the whole. */
public interface HeadParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> encoder;
    private final IntParam headEpochs;
    private final DoubleParam headStepSize;
    private final BooleanParam fineTune;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      encoder = make.text("encoder", "folder of the saved autoencoder whose encoder is used");
      headEpochs =
          make.wholeNumber(
              "headEpochs",
              "passes over the rows that train the head alone, on the codes; 0 for none",
              0);
      headStepSize =
          make.positive("headStepSize", "step size while the head is trained alone, by adam");
      fineTune =
          make.flag(
              "fineTune", "whether encoder and head are trained together in the end (true, false)");
    }

    void setDefaults(Params parent) {
      parent.setDefault(headEpochs, 10);
      parent.setDefault(headStepSize, 0.01);
      parent.setDefault(fineTune, true);
    }
  }

  /** {@return where the Params are kept} */
  Holder headParams();

  /** {@return folder of the saved autoencoder whose encoder is used} */
  default Param<String> encoder() {
    return headParams().encoder;
  }

  /** {@return passes over the codes that train the head alone, 0 for none; default 10} */
  default IntParam headEpochs() {
    return headParams().headEpochs;
  }

  /** {@return step size while the head is trained alone, by Adam; default 0.01} */
  default DoubleParam headStepSize() {
    return headParams().headStepSize;
  }

  /** {@return whether encoder and head are trained together in the end; default true} */
  default BooleanParam fineTune() {
    return headParams().fineTune;
  }

  /** {@return folder of the saved autoencoder, null if the model itself was set} */
  default String getEncoder() {
    return isDefined(encoder()) ? getOrDefault(encoder()) : null;
  }

  /** {@return passes that train the head alone} */
  default int getHeadEpochs() {
    return (int) getOrDefault(headEpochs());
  }

  /** {@return step size while the head is trained alone} */
  default double getHeadStepSize() {
    return (double) getOrDefault(headStepSize());
  }

  /** {@return whether encoder and head are trained together} */
  default boolean getFineTune() {
    return (boolean) getOrDefault(fineTune());
  }
}
