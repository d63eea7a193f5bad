package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that a restricted Boltzmann machine makes beside those of other models, only when
 * named.
 */
public interface RbmColumnParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> freeEnergyCol;
    private final Param<String> sampleCol;
    private final IntParam sampleSteps;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      freeEnergyCol =
          make.column(
              "freeEnergyCol", "column of the free energy of each row to make; none unless named");
      sampleCol =
          make.column(
              "sampleCol",
              "column of samples to make, where sampleSteps Gibbs steps lead to from each row; none"
                  + " unless named");
      sampleSteps = make.wholeNumber("sampleSteps", "Gibbs steps from a row to its sample", 1);
    }

    void setDefaults(Params parent) {
      parent.setDefault(sampleSteps, 1);
    }
  }

  /** {@return where the Params are kept} */
  Holder rbmColumnParams();

  /**
   * {@return column of the free energies F(v) = −log Σₕ e^(−E(v, h)): the lower, the likelier the
   * row}
   */
  default Param<String> freeEnergyCol() {
    return rbmColumnParams().freeEnergyCol;
  }

  /**
   * {@return column of samples: means of the visible units given the hidden units that the last of
   * {@link #sampleSteps()} Gibbs steps from the row drew; drawn visible units if the machine was
   * trained with {@code sampleVisible}}
   */
  default Param<String> sampleCol() {
    return rbmColumnParams().sampleCol;
  }

  /** {@return Gibbs steps from a row to its sample, at least 1; default 1} */
  default IntParam sampleSteps() {
    return rbmColumnParams().sampleSteps;
  }

  /** {@return column of the free energies, null if none is wanted} */
  default String getFreeEnergyCol() {
    return isDefined(freeEnergyCol()) ? getOrDefault(freeEnergyCol()) : null;
  }

  /** {@return column of the samples, null if none is wanted} */
  default String getSampleCol() {
    return isDefined(sampleCol()) ? getOrDefault(sampleCol()) : null;
  }

  /** {@return Gibbs steps from a row to its sample} */
  default int getSampleSteps() {
    return (int) getOrDefault(sampleSteps());
  }
}
