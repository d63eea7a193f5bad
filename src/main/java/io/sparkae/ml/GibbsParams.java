package io.sparkae.ml;

import io.sparkae.core.objective.RbmSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;

/** How the layers of a deep belief network are trained. */
public interface GibbsParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntParam gibbsSteps;

    Holder(Params parent) {
      gibbsSteps = new ParamFactory(parent).wholeNumber("gibbsSteps", "k of CD-k", 1);
    }

    void setDefaults(Params parent) {
      parent.setDefault(gibbsSteps, RbmSettings.DEFAULT.gibbsSteps());
    }
  }

  /** {@return where the Params are kept} */
  Holder gibbsParams();

  /** {@return k of CD-k, at least 1; default 1} */
  default IntParam gibbsSteps() {
    return gibbsParams().gibbsSteps;
  }

  /** {@return k of CD-k} */
  default int getGibbsSteps() {
    return (int) getOrDefault(gibbsSteps());
  }
}
