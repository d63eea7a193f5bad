package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.AdversarialSettings;
import io.sparkae.core.objective.StandardPrior;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What the codes of an adversarial autoencoder are to be like. */
public interface AdversarialParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The prior that is known by samples. */
    static final String SAMPLES = "samples";

    private static final String[] PRIORS =
        Stream.concat(Arrays.stream(Check.choices(StandardPrior.class)), Stream.of(SAMPLES))
            .toArray(String[]::new);

    private final Param<String> prior;
    private final Param<String> priorSamples;
    private final DoubleParam adversarialWeight;
    private final Param<String> labelCol;
    private final IntParam numClasses;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      prior =
          make.choice(
              "prior",
              "distribution that the codes are to have; samples: that of the rows of priorSamples",
              PRIORS);
      priorSamples =
          make.text(
              "priorSamples",
              "folder of a Parquet table whose column of vectors holds samples of the distribution that the codes are to have");
      adversarialWeight =
          make.atLeastZero(
              "adversarialWeight",
              "lambda of lambda times -log D(code) in the loss of the encoder");
      labelCol =
          make.column(
              "labelCol",
              "column of class indices that the discriminator is told, null where none is known; none unless named");
      numClasses =
          make.wholeNumber(
              "numClasses",
              "number of classes; 0: as many as labelCol names, or none without it",
              0);
    }

    void setDefaults(Params parent) {
      parent.setDefault(prior, Check.camelCase(StandardPrior.GAUSSIAN));
      parent.setDefault(adversarialWeight, AdversarialSettings.DEFAULT.adversarialWeight());
      parent.setDefault(numClasses, AdversarialSettings.DEFAULT.classes());
    }
  }

  /** {@return where the Params are kept} */
  Holder adversarialParams();

  /**
   * {@return distribution that the codes are to have: gaussian, mixture, swissRoll or samples;
   * default gaussian}
   */
  default Param<String> prior() {
    return adversarialParams().prior;
  }

  /** {@return folder of a Parquet table of samples, of prior samples} */
  default Param<String> priorSamples() {
    return adversarialParams().priorSamples;
  }

  /** {@return weight λ of −log D(code) in the encoder's loss; default 1} */
  default DoubleParam adversarialWeight() {
    return adversarialParams().adversarialWeight;
  }

  /**
   * {@return column of class indices that the discriminator is told, null or NaN where none is
   * known; none unless named}
   */
  default Param<String> labelCol() {
    return adversarialParams().labelCol;
  }

  /** {@return number of classes; default 0, as many as {@link #labelCol()} holds} */
  default IntParam numClasses() {
    return adversarialParams().numClasses;
  }

  /** {@return distribution that the codes are to have} */
  default String getPrior() {
    return getOrDefault(prior());
  }

  /** {@return folder of a table of samples; null if none is named} */
  default String getPriorSamples() {
    return isDefined(priorSamples()) ? getOrDefault(priorSamples()) : null;
  }

  /** {@return weight of −log D(code)} */
  default double getAdversarialWeight() {
    return (double) getOrDefault(adversarialWeight());
  }

  /** {@return column of class indices, null if none is named} */
  default String getLabelCol() {
    return isDefined(labelCol()) ? getOrDefault(labelCol()) : null;
  }

  /** {@return number of classes} */
  default int getNumClasses() {
    return (int) getOrDefault(numClasses());
  }

  /** {@return the distribution by its name; empty for one that is known by samples} */
  default Optional<StandardPrior> standardPrior() {
    return getPrior().equals(Holder.SAMPLES)
        ? Optional.empty()
        : Optional.of(Check.choice(StandardPrior.class, "prior", getPrior()));
  }
}
