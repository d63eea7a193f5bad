package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.spark.HandleInvalid;
import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The columns that an autoencoder reads and writes. Output columns are made only when named. */
public interface ColumnParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> featuresCol;
    private final StringArrayParam inputCols;
    private final Param<String> outputCol;
    private final Param<String> reconstructionCol;
    private final Param<String> errorCol;
    private final Param<String> handleInvalid;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      featuresCol =
          make.column("featuresCol", "column of Vector, array<float> or array<double> to read");
      inputCols =
          make.columns(
              "inputCols", "columns of numbers to read as one row, instead of featuresCol");
      outputCol = make.column("outputCol", "column of the codes to make; none unless named");
      reconstructionCol =
          make.column(
              "reconstructionCol", "column of the reconstructions to make; none unless named");
      errorCol =
          make.column(
              "errorCol",
              "column of the squared error of each row, summed over features, to make; none unless"
                  + " named");
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
  Holder columnParams();

  /** {@return column to read; default {@code features}} */
  default Param<String> featuresCol() {
    return columnParams().featuresCol;
  }

  /** {@return columns of numbers to read instead of {@link #featuresCol()}; none by default} */
  default StringArrayParam inputCols() {
    return columnParams().inputCols;
  }

  /** {@return column of the codes} */
  default Param<String> outputCol() {
    return columnParams().outputCol;
  }

  /** {@return column of the reconstructions} */
  default Param<String> reconstructionCol() {
    return columnParams().reconstructionCol;
  }

  /** {@return column of each row's squared error, summed over features} */
  default Param<String> errorCol() {
    return columnParams().errorCol;
  }

  /** {@return what becomes of invalid rows; default {@code error}} */
  default Param<String> handleInvalid() {
    return columnParams().handleInvalid;
  }

  /** {@return column to read} */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** {@return columns of numbers to read, null if the features are one column} */
  default String[] getInputCols() {
    return isDefined(inputCols()) ? getOrDefault(inputCols()) : null;
  }

  /** {@return column of the codes, null if none is wanted} */
  default String getOutputCol() {
    return isDefined(outputCol()) ? getOrDefault(outputCol()) : null;
  }

  /** {@return column of the reconstructions, null if none is wanted} */
  default String getReconstructionCol() {
    return isDefined(reconstructionCol()) ? getOrDefault(reconstructionCol()) : null;
  }

  /** {@return column of the errors, null if none is wanted} */
  default String getErrorCol() {
    return isDefined(errorCol()) ? getOrDefault(errorCol()) : null;
  }

  /** {@return what becomes of invalid rows} */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
