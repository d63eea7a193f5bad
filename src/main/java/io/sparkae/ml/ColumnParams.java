package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that a model of codes and reconstructions reads and writes. Those that it writes are
 * made only when named.
 */
public interface ColumnParams extends InputParams {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> outputCol;
    private final Param<String> reconstructionCol;
    private final Param<String> errorCol;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      outputCol = make.column("outputCol", "column of the codes to make; none unless named");
      reconstructionCol =
          make.column(
              "reconstructionCol", "column of the reconstructions to make; none unless named");
      errorCol =
          make.column(
              "errorCol",
              "column of the squared error of each row, summed over features, to make; none unless"
                  + " named");
    }
  }

  /** {@return where the Params are kept} */
  Holder columnParams();

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
}
