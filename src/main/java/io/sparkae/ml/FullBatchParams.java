package io.sparkae.ml;

import io.sparkae.core.optimize.FullBatchSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;

/** How long an optimizer that takes each step on all rows goes on, in Spark's words. */
public interface FullBatchParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntParam maxIter;
    private final DoubleParam tol;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      maxIter = make.wholeNumber("maxIter", "iterations of lbfgs and conjugateGradient at most", 1);
      tol =
          make.atLeastZero(
              "tol",
              "lbfgs and conjugateGradient end where 20 iterations lower the loss by less than this"
                  + " part of the first one, or the gradient's norm is below this part of the"
                  + " loss");
    }

    void setDefaults(Params parent) {
      parent.setDefault(maxIter, FullBatchSettings.DEFAULT.maxIter());
      parent.setDefault(tol, FullBatchSettings.DEFAULT.tolerance());
    }
  }

  /** {@return where the Params are kept} */
  Holder fullBatchParams();

  /** {@return iterations of lbfgs and conjugateGradient at most, at least 1; default 100} */
  default IntParam maxIter() {
    return fullBatchParams().maxIter;
  }

  /**
   * {@return where lbfgs and conjugateGradient end: 20 iterations lower the loss by less than this
   * part of the first one, or the gradient's norm is below this part of the loss; at least 0,
   * default 1e-6}
   */
  default DoubleParam tol() {
    return fullBatchParams().tol;
  }

  /** {@return iterations at most} */
  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  /** {@return where training ends, as a part of the loss} */
  default double getTol() {
    return (double) getOrDefault(tol());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if one is out of range
   */
  default FullBatchSettings fullBatchSettings() {
    return new FullBatchSettings(getMaxIter(), getTol());
  }
}
