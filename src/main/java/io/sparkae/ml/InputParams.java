package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.spark.HandleInvalid;
import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The columns that a stage reads, and what becomes of rows that it cannot. */
public interface InputParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> featuresCol;
    private final StringArrayParam inputCols;
    private final Param<String> handleInvalid;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      featuresCol =
          make.column("featuresCol", "column of Vector, array<float> or array<double> to read");
      inputCols =
          make.columns(
              "inputCols", "columns of numbers to read as one row, instead of featuresCol");
      handleInvalid =
          make.choice(
              "handleInvalid",
              "what becomes of rows with null, NaN or infinite values",
              HandleInvalid.class);
    }

    void setDefaults(Params parent) {
      parent.setDefault(featuresCol, "features");
      parent.setDefault(handleInvalid, Check.camelCase(HandleInvalid.ERROR));
    }
  }

  /** {@return where the Params are kept} */
  Holder inputParams();

  /** {@return column to read; default {@code features}} */
  default Param<String> featuresCol() {
    return inputParams().featuresCol;
  }

  /** {@return columns of numbers to read instead of {@link #featuresCol()}; none by default} */
  default StringArrayParam inputCols() {
    return inputParams().inputCols;
  }

  /** {@return what becomes of invalid rows; default {@code error}} */
  default Param<String> handleInvalid() {
    return inputParams().handleInvalid;
  }

  /** {@return column to read} */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** {@return columns of numbers to read, null if the features are one column} */
  default String[] getInputCols() {
    return isDefined(inputCols()) ? getOrDefault(inputCols()) : null;
  }

  /** {@return what becomes of invalid rows} */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
