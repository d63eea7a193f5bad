package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.Corruption;
import io.sparkae.core.objective.Noise;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What training draws at random: {@link Noise} as Params. */
public interface NoiseParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> corruption;
    private final DoubleParam corruptionLevel;
    private final DoubleParam inputDropout;
    private final DoubleParam hiddenDropout;
    private final DoubleParam codeDropout;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      corruption =
          make.choice(
              "corruption",
              "how a row is corrupted before it is encoded; the loss compares with the clean row",
              Corruption.class);
      corruptionLevel =
          make.atLeastZero(
              "corruptionLevel",
              "standard deviation of gaussian noise, else the probability that an element is hit");
      inputDropout = make.fraction("inputDropout", "probability to drop a feature");
      hiddenDropout =
          make.fraction(
              "hiddenDropout",
              "probability to drop a unit of a hidden layer, in encoder and decoder");
      codeDropout = make.fraction("codeDropout", "probability to drop a unit of the code");
    }

    void setDefaults(Params parent) {
      Noise defaults = Noise.NONE;
      parent.setDefault(corruption, Check.camelCase(defaults.corruption()));
      parent.setDefault(corruptionLevel, defaults.corruptionLevel());
      parent.setDefault(inputDropout, defaults.inputDropout());
      parent.setDefault(hiddenDropout, defaults.hiddenDropout());
      parent.setDefault(codeDropout, defaults.codeDropout());
    }

    /** Those of what goes into a net. */
    List<Param<?>> ofInputs() {
      return List.of(corruption, corruptionLevel, inputDropout);
    }

    List<Param<?>> all() {
      return List.of(corruption, corruptionLevel, inputDropout, hiddenDropout, codeDropout);
    }
  }

  /** {@return where the Params are kept} */
  Holder noiseParams();

  /** {@return how a row is corrupted before it is encoded; default none} */
  default Param<String> corruption() {
    return noiseParams().corruption;
  }

  /**
   * {@return standard deviation of gaussian noise, else the probability that an element is hit;
   * default 0}
   */
  default DoubleParam corruptionLevel() {
    return noiseParams().corruptionLevel;
  }

  /** {@return probability to drop a feature, in [0, 1); default 0} */
  default DoubleParam inputDropout() {
    return noiseParams().inputDropout;
  }

  /** {@return probability to drop a unit of a hidden layer, in [0, 1); default 0} */
  default DoubleParam hiddenDropout() {
    return noiseParams().hiddenDropout;
  }

  /** {@return probability to drop a unit of the code, in [0, 1); default 0} */
  default DoubleParam codeDropout() {
    return noiseParams().codeDropout;
  }

  /** {@return how a row is corrupted} */
  default String getCorruption() {
    return getOrDefault(corruption());
  }

  /** {@return standard deviation of gaussian noise, else the probability that an element is hit} */
  default double getCorruptionLevel() {
    return (double) getOrDefault(corruptionLevel());
  }

  /** {@return probability to drop a feature} */
  default double getInputDropout() {
    return (double) getOrDefault(inputDropout());
  }

  /** {@return probability to drop a unit of a hidden layer} */
  default double getHiddenDropout() {
    return (double) getOrDefault(hiddenDropout());
  }

  /** {@return probability to drop a unit of the code} */
  default double getCodeDropout() {
    return (double) getOrDefault(codeDropout());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  default Noise noise() {
    return new Noise(
        Check.choice(Corruption.class, "corruption", getCorruption()),
        getCorruptionLevel(),
        getInputDropout(),
        getHiddenDropout(),
        getCodeDropout());
  }
}
