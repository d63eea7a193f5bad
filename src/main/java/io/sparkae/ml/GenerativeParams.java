package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.GenerativeSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Shape and loss of the generator of a generative adversarial network. */
public interface GenerativeParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntParam codeSize;
    private final IntArrayParam generatorLayers;
    private final Param<String> activation;
    private final Param<String> outputActivation;
    private final Param<String> generatorLoss;
    private final DoubleParam labelSmoothing;
    private final Param<String> discriminatorCol;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      codeSize =
          make.wholeNumber("codeSize", "numbers of a code, which the generator starts from", 1);
      generatorLayers =
          make.widths("generatorLayers", "widths between code and features; may be empty");
      activation = make.choice("activation", "of the generator's hidden layers", Activation.class);
      outputActivation =
          make.choice("outputActivation", "of the generated features", Activation.class);
      generatorLoss =
          make.choice(
              "generatorLoss",
              "what the generator minimises: nonSaturating -log D(G(z)), or saturating log(1 - D(G(z)))",
              "nonSaturating",
              "saturating");
      labelSmoothing =
          make.fraction(
              "labelSmoothing", "what the discriminator's target for rows of the data is below 1");
      discriminatorCol =
          make.column(
              "discriminatorCol",
              "column of the probability, by the discriminator, that a row is of the data, to make; none unless named");
    }

    void setDefaults(Params parent) {
      GenerativeSettings defaults = GenerativeSettings.DEFAULT;
      parent.setDefault(codeSize, defaults.codeSize());
      parent.setDefault(generatorLayers, ParamFactory.widths(defaults.generatorLayers()));
      parent.setDefault(activation, Check.camelCase(defaults.generatorActivation()));
      parent.setDefault(outputActivation, Check.camelCase(defaults.outputActivation()));
      parent.setDefault(generatorLoss, defaults.saturating() ? "saturating" : "nonSaturating");
      parent.setDefault(labelSmoothing, defaults.labelSmoothing());
    }
  }

  /** {@return where the Params are kept} */
  Holder generativeParams();

  /** {@return numbers of a code, at least 1; default 64} */
  default IntParam codeSize() {
    return generativeParams().codeSize;
  }

  /** {@return widths between code and features; default 256, 512} */
  default IntArrayParam generatorLayers() {
    return generativeParams().generatorLayers;
  }

  /** {@return activation of the generator's hidden layers; default relu} */
  default Param<String> activation() {
    return generativeParams().activation;
  }

  /** {@return activation of the generated features; default linear} */
  default Param<String> outputActivation() {
    return generativeParams().outputActivation;
  }

  /**
   * {@return what the generator minimises: nonSaturating, −log D(G(z)), or saturating, log(1 −
   * D(G(z))); default nonSaturating}
   */
  default Param<String> generatorLoss() {
    return generativeParams().generatorLoss;
  }

  /**
   * {@return what the discriminator's target for rows of the data is below 1, in [0, 1); default 0}
   */
  default DoubleParam labelSmoothing() {
    return generativeParams().labelSmoothing;
  }

  /** {@return column of the probability, by the discriminator, that a row is of the data} */
  default Param<String> discriminatorCol() {
    return generativeParams().discriminatorCol;
  }

  /** {@return numbers of a code} */
  default int getCodeSize() {
    return (int) getOrDefault(codeSize());
  }

  /** {@return widths between code and features} */
  default int[] getGeneratorLayers() {
    return getOrDefault(generatorLayers());
  }

  /** {@return activation of the generator's hidden layers} */
  default String getActivation() {
    return getOrDefault(activation());
  }

  /** {@return activation of the generated features} */
  default String getOutputActivation() {
    return getOrDefault(outputActivation());
  }

  /** {@return what the generator minimises} */
  default String getGeneratorLoss() {
    return getOrDefault(generatorLoss());
  }

  /** {@return what the target is below 1} */
  default double getLabelSmoothing() {
    return (double) getOrDefault(labelSmoothing());
  }

  /** {@return column of that probability, null if none is wanted} */
  default String getDiscriminatorCol() {
    return isDefined(discriminatorCol()) ? getOrDefault(discriminatorCol()) : null;
  }
}
