package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderSettings;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Shape, loss and options of a dense autoencoder: {@link AutoencoderSettings} as Params. */
public interface NetworkParams extends PenaltyParams, NoiseParams, KSparsityParams {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntArrayParam hiddenLayers;
    private final IntParam codeSize;
    private final Param<String> activation;
    private final Param<String> codeActivation;
    private final Param<String> outputActivation;
    private final Param<String> loss;
    private final BooleanParam tiedWeights;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      hiddenLayers =
          make.widths(
              "hiddenLayers",
              "widths between input and code, mirrored in the decoder; may be empty");
      codeSize = make.wholeNumber("codeSize", "width of the code", 1);
      activation = make.choice("activation", "of the hidden layers", Activation.class);
      codeActivation = make.choice("codeActivation", "of the code", Activation.class);
      outputActivation =
          make.choice(
              "outputActivation",
              "of the reconstruction; crossEntropy needs sigmoid",
              Activation.class);
      loss =
          make.choice(
              "loss",
              "between reconstruction and features; crossEntropy needs features in [0, 1]",
              LossKind.class);
      tiedWeights =
          make.flag(
              "tiedWeights", "whether decoder weights are the encoder's, transposed (true, false)");
    }

    void setDefaults(Params parent) {
      AutoencoderSettings defaults = AutoencoderSettings.DEFAULT;
      parent.setDefault(hiddenLayers, ParamFactory.widths(defaults.hiddenLayers()));
      parent.setDefault(codeSize, defaults.codeSize());
      parent.setDefault(activation, Check.camelCase(defaults.activation()));
      parent.setDefault(codeActivation, Check.camelCase(defaults.codeActivation()));
      parent.setDefault(outputActivation, Check.camelCase(defaults.outputActivation()));
      parent.setDefault(loss, Check.camelCase(defaults.loss()));
      parent.setDefault(tiedWeights, defaults.tiedWeights());
    }
  }

  /** {@return where the Params are kept} */
  Holder networkParams();

  /** {@return widths between input and code, mirrored in the decoder; default none} */
  default IntArrayParam hiddenLayers() {
    return networkParams().hiddenLayers;
  }

  /** {@return width of the code, at least 1; default 32} */
  default IntParam codeSize() {
    return networkParams().codeSize;
  }

  /** {@return activation of the hidden layers; default relu} */
  default Param<String> activation() {
    return networkParams().activation;
  }

  /** {@return activation of the code; default linear} */
  default Param<String> codeActivation() {
    return networkParams().codeActivation;
  }

  /** {@return activation of the reconstruction; default linear} */
  default Param<String> outputActivation() {
    return networkParams().outputActivation;
  }

  /** {@return loss, summed over features; default squaredError} */
  default Param<String> loss() {
    return networkParams().loss;
  }

  /** {@return whether decoder weights are the encoder's, transposed; default false} */
  default BooleanParam tiedWeights() {
    return networkParams().tiedWeights;
  }

  /** {@return widths between input and code} */
  default int[] getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /** {@return width of the code} */
  default int getCodeSize() {
    return (int) getOrDefault(codeSize());
  }

  /** {@return activation of the hidden layers} */
  default String getActivation() {
    return getOrDefault(activation());
  }

  /** {@return activation of the code} */
  default String getCodeActivation() {
    return getOrDefault(codeActivation());
  }

  /** {@return activation of the reconstruction} */
  default String getOutputActivation() {
    return getOrDefault(outputActivation());
  }

  /** {@return loss} */
  default String getLoss() {
    return getOrDefault(loss());
  }

  /** {@return whether the weights are tied} */
  default boolean getTiedWeights() {
    return (boolean) getOrDefault(tiedWeights());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  default AutoencoderSettings autoencoderSettings() {
    return new AutoencoderSettings(
        Arrays.stream(getHiddenLayers()).boxed().toList(),
        getCodeSize(),
        Check.choice(Activation.class, "activation", getActivation()),
        Check.choice(Activation.class, "codeActivation", getCodeActivation()),
        Check.choice(Activation.class, "outputActivation", getOutputActivation()),
        Check.choice(LossKind.class, "loss", getLoss()),
        getTiedWeights(),
        penalties(),
        noise(),
        kSparsity());
  }
}
