package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.Corruption;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What is special to layers that are autoencoders. */
public interface StackParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> layerCorruption;
    private final DoubleArrayParam layerCorruptionLevels;
    private final DoubleArrayParam layerContractions;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      layerCorruption =
          make.choice(
              "layerCorruption",
              "kind of noise on the input of each layer while it is trained",
              Corruption.class);
      layerCorruptionLevels =
          make.numbers(
              "layerCorruptionLevels",
              "levels of layerCorruption: standard deviation of gaussian noise, of the other kinds a probability; one for all layers or one for each");
      layerContractions =
          make.numbers(
              "layerContractions",
              "lambda of the squared Frobenius norm of each layer's Jacobian while it is trained; one for all layers or one for each");
    }

    void setDefaults(Params parent) {
      parent.setDefault(layerCorruption, Check.camelCase(Corruption.NONE));
      parent.setDefault(layerCorruptionLevels, new double[] {0});
      parent.setDefault(layerContractions, new double[] {0});
    }
  }

  /** {@return where the Params are kept} */
  Holder stackParams();

  /** {@return kind of noise on the input of each layer while it is trained; default none} */
  default Param<String> layerCorruption() {
    return stackParams().layerCorruption;
  }

  /** {@return levels of {@link #layerCorruption()}; default 0} */
  default DoubleArrayParam layerCorruptionLevels() {
    return stackParams().layerCorruptionLevels;
  }

  /** {@return λ of ‖J‖² of each layer while it is trained; default 0} */
  default DoubleArrayParam layerContractions() {
    return stackParams().layerContractions;
  }

  /** {@return kind of noise on the input of each layer} */
  default String getLayerCorruption() {
    return getOrDefault(layerCorruption());
  }

  /** {@return levels of the noise} */
  default double[] getLayerCorruptionLevels() {
    return getOrDefault(layerCorruptionLevels());
  }

  /** {@return contraction of the layers} */
  default double[] getLayerContractions() {
    return getOrDefault(layerContractions());
  }
}
