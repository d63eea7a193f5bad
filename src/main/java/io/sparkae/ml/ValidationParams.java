package io.sparkae.ml;

import io.sparkae.core.train.ValidationSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Rows that are held back to measure each epoch on, and early stopping. Where there are such rows,
 * the model keeps the parameters of the epoch with the least validation loss.
 */
public interface ValidationParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DoubleParam validationFraction;
    private final Param<String> validationIndicatorCol;
    private final IntParam patience;
    private final DoubleParam validationTol;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      validationFraction =
          make.fraction(
              "validationFraction",
              "part of the rows that is held back from training, to measure each epoch on and keep"
                  + " the best");
      validationIndicatorCol =
          make.column(
              "validationIndicatorCol",
              "column of booleans, true for the rows to validate on; instead of"
                  + " validationFraction");
      patience =
          make.wholeNumber(
              "patience",
              "epochs without a better validation loss after which training stops early; 0: never",
              0);
      validationTol =
          make.fraction(
              "validationTol",
              "part of the least validation loss by which a better one must be below it");
    }

    void setDefaults(Params parent) {
      parent.setDefault(validationFraction, ValidationSettings.NONE.fraction());
      parent.setDefault(patience, ValidationSettings.NONE.patience());
      parent.setDefault(validationTol, ValidationSettings.NONE.tolerance());
    }
  }

  /** {@return where the Params are kept} */
  Holder validationParams();

  /** {@return part of the rows that is held back, in [0, 1); default 0} */
  default DoubleParam validationFraction() {
    return validationParams().validationFraction;
  }

  /** {@return column of booleans that is true for the rows to validate on} */
  default Param<String> validationIndicatorCol() {
    return validationParams().validationIndicatorCol;
  }

  /** {@return epochs without improvement after which training stops, 0 for never; default 0} */
  default IntParam patience() {
    return validationParams().patience;
  }

  /**
   * {@return part of the least validation loss that an improvement must exceed, in [0, 1); default
   * 0}
   */
  default DoubleParam validationTol() {
    return validationParams().validationTol;
  }

  /** {@return part of the rows that is held back} */
  default double getValidationFraction() {
    return (double) getOrDefault(validationFraction());
  }

  /** {@return column that marks the rows to validate on, null if there is none} */
  default String getValidationIndicatorCol() {
    return isDefined(validationIndicatorCol()) ? getOrDefault(validationIndicatorCol()) : null;
  }

  /** {@return epochs without improvement after which training stops} */
  default int getPatience() {
    return (int) getOrDefault(patience());
  }

  /** {@return part of the least validation loss that an improvement must exceed} */
  default double getValidationTol() {
    return (double) getOrDefault(validationTol());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if one is out of range, or they contradict each other
   */
  default ValidationSettings validationSettings() {
    boolean fraction = getValidationFraction() > 0;
    boolean marked = getValidationIndicatorCol() != null;
    if (fraction && marked) {
      throw new IllegalArgumentException(
          "validationFraction "
              + getValidationFraction()
              + " and validationIndicatorCol "
              + getValidationIndicatorCol()
              + " exclude each other: set one of them");
    }
    if (getPatience() > 0 && !fraction && !marked) {
      throw new IllegalArgumentException(
          "patience "
              + getPatience()
              + " needs rows to validate on: set validationFraction or validationIndicatorCol");
    }
    return new ValidationSettings(getValidationFraction(), getPatience(), getValidationTol());
  }
}
