package io.sparkae.ml;

import io.sparkae.core.objective.KSparsity;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;

/** How many units of a row's code stay: {@link KSparsity} as Params. */
public interface KSparsityParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntParam kSparse;
    private final IntParam kSparseStart;
    private final DoubleParam kSparseAnnealing;
    private final DoubleParam kSparseAlpha;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      kSparse =
          make.wholeNumber(
              "kSparse",
              "the largest units of a row's code that stay, the rest are 0; 0 for all",
              0);
      kSparseStart = make.wholeNumber("kSparseStart", "units that stay at first; 0 for kSparse", 0);
      kSparseAnnealing =
          make.closedFraction(
              "kSparseAnnealing",
              "part of the training over which the units that stay fall from kSparseStart to kSparse");
      kSparseAlpha =
          make.atLeastOne("kSparseAlpha", "the trained model keeps this many times kSparse units");
    }

    void setDefaults(Params parent) {
      KSparsity defaults = KSparsity.NONE;
      parent.setDefault(kSparse, defaults.k());
      parent.setDefault(kSparseStart, defaults.start());
      parent.setDefault(kSparseAnnealing, defaults.annealing());
      parent.setDefault(kSparseAlpha, defaults.factor());
    }
  }

  /** {@return where the Params are kept} */
  Holder kSparsityParams();

  /** {@return units of a row's code that stay; default 0, for all} */
  default IntParam kSparse() {
    return kSparsityParams().kSparse;
  }

  /** {@return units that stay at first; default 0, for {@link #kSparse()}} */
  default IntParam kSparseStart() {
    return kSparsityParams().kSparseStart;
  }

  /**
   * {@return part of the training over which the units that stay fall to {@link #kSparse()}, in [0,
   * 1]; default 0.5}
   */
  default DoubleParam kSparseAnnealing() {
    return kSparsityParams().kSparseAnnealing;
  }

  /**
   * {@return the trained model keeps this many times {@link #kSparse()} units, at least 1; default
   * 1}
   */
  default DoubleParam kSparseAlpha() {
    return kSparsityParams().kSparseAlpha;
  }

  /** {@return units of a row's code that stay} */
  default int getKSparse() {
    return (int) getOrDefault(kSparse());
  }

  /** {@return units that stay at first} */
  default int getKSparseStart() {
    return (int) getOrDefault(kSparseStart());
  }

  /** {@return part of the training over which the units that stay fall} */
  default double getKSparseAnnealing() {
    return (double) getOrDefault(kSparseAnnealing());
  }

  /** {@return times that the trained model keeps of {@link #kSparse()} units} */
  default double getKSparseAlpha() {
    return (double) getOrDefault(kSparseAlpha());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  default KSparsity kSparsity() {
    return new KSparsity(getKSparse(), getKSparseStart(), getKSparseAnnealing(), getKSparseAlpha());
  }
}
