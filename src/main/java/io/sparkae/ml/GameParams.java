package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.DiscriminatorSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.TrainingSettings;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The discriminator of a game, and how it is trained. */
public interface GameParams extends TrainingParams {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Rules that take minibatches. */
    private static final String[] MINIBATCH_RULES =
        Arrays.stream(OptimizerSettings.Kind.values())
            .filter(kind -> !kind.isFullBatch() && kind != OptimizerSettings.Kind.FROZEN)
            .map(Check::camelCase)
            .toArray(String[]::new);

    private final IntArrayParam discriminatorLayers;
    private final Param<String> discriminatorActivation;
    private final DoubleParam discriminatorDropout;
    private final Param<String> discriminatorOptimizer;
    private final DoubleParam discriminatorStepSize;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      discriminatorLayers =
          make.widths(
              "discriminatorLayers", "widths of the discriminator's hidden layers; may be empty");
      discriminatorActivation =
          make.choice(
              "discriminatorActivation", "of the discriminator's hidden layers", Activation.class);
      discriminatorDropout =
          make.fraction(
              "discriminatorDropout",
              "probability to drop a unit of the discriminator's hidden layers");
      discriminatorOptimizer =
          make.choice(
              "discriminatorOptimizer",
              "rule of the discriminator's steps; unless set, that of optimizer",
              MINIBATCH_RULES);
      discriminatorStepSize =
          make.positive(
              "discriminatorStepSize",
              "step size of the discriminator before the schedule; unless set, stepSize");
    }

    void setDefaults(Params parent) {
      DiscriminatorSettings defaults = DiscriminatorSettings.DEFAULT;
      parent.setDefault(discriminatorLayers, ParamFactory.widths(defaults.layers()));
      parent.setDefault(discriminatorDropout, defaults.dropout());
      parent.setDefault(discriminatorActivation, Check.camelCase(defaults.activation()));
    }
  }

  /** {@return where the Params are kept} */
  Holder gameParams();

  /** {@return widths of the discriminator's hidden layers; default 500, 500} */
  default IntArrayParam discriminatorLayers() {
    return gameParams().discriminatorLayers;
  }

  /** {@return activation of the discriminator's hidden layers; default leakyRelu} */
  default Param<String> discriminatorActivation() {
    return gameParams().discriminatorActivation;
  }

  /**
   * {@return probability to drop a unit of the discriminator's hidden layers, in [0, 1); default 0}
   */
  default DoubleParam discriminatorDropout() {
    return gameParams().discriminatorDropout;
  }

  /** {@return probability to drop a unit of the discriminator's hidden layers} */
  default double getDiscriminatorDropout() {
    return (double) getOrDefault(discriminatorDropout());
  }

  /** {@return rule of the discriminator's steps; that of {@link #optimizer()} unless set} */
  default Param<String> discriminatorOptimizer() {
    return gameParams().discriminatorOptimizer;
  }

  /**
   * {@return step size of the discriminator before the schedule; that of {@link #stepSize()} unless
   * set}
   */
  default DoubleParam discriminatorStepSize() {
    return gameParams().discriminatorStepSize;
  }

  /** {@return widths of the discriminator's hidden layers} */
  default int[] getDiscriminatorLayers() {
    return getOrDefault(discriminatorLayers());
  }

  /** {@return activation of the discriminator's hidden layers} */
  default String getDiscriminatorActivation() {
    return getOrDefault(discriminatorActivation());
  }

  /** {@return rule of the discriminator's steps} */
  default String getDiscriminatorOptimizer() {
    return isDefined(discriminatorOptimizer()) ? getOrDefault(discriminatorOptimizer()) : null;
  }

  /** {@return step size of the discriminator} */
  default Double getDiscriminatorStepSize() {
    return isDefined(discriminatorStepSize())
        ? (Double) getOrDefault(discriminatorStepSize())
        : null;
  }

  /**
   * {@return the discriminator's shape}
   *
   * @throws IllegalArgumentException if the Params contradict each other
   */
  default DiscriminatorSettings discriminatorSettings() {
    return new DiscriminatorSettings(
        Arrays.stream(getDiscriminatorLayers()).boxed().toList(),
        Check.choice(Activation.class, "discriminatorActivation", getDiscriminatorActivation()),
        getDiscriminatorDropout());
  }

  /** {@return the rule of the discriminator's steps} */
  default OptimizerSettings.Kind discriminatorKind() {
    return getDiscriminatorOptimizer() == null
        ? optimizerKind()
        : Check.choice(
            OptimizerSettings.Kind.class, "discriminatorOptimizer", getDiscriminatorOptimizer());
  }

  /** With the discriminator's own rule and step size. */
  @Override
  default TrainingSettings trainingSettings() {
    TrainingSettings settings = TrainingParams.super.trainingSettings();
    OptimizerSettings rule = settings.optimizer().withKind(discriminatorKind());
    Double stepSize = getDiscriminatorStepSize();
    return settings.withGroup(
        "discriminator", stepSize == null ? rule : rule.withStepSize(stepSize));
  }
}
