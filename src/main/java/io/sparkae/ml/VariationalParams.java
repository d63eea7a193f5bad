package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.Binarization;
import io.sparkae.core.objective.Likelihood;
import io.sparkae.core.objective.VariationalSettings;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A variational autoencoder: {@link VariationalSettings} as Params. */
public interface VariationalParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntArrayParam hiddenLayers;
    private final IntArrayParam decoderLayers;
    private final IntParam codeSize;
    private final Param<String> activation;
    private final Param<String> likelihood;
    private final DoubleParam likelihoodDeviation;
    private final Param<String> binarization;
    private final DoubleParam beta;
    private final IntParam betaWarmupEpochs;
    private final IntParam importanceSamples;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      hiddenLayers =
          make.widths("hiddenLayers", "widths between features and posterior; may be empty");
      decoderLayers =
          make.widths(
              "decoderLayers",
              "widths between code and features; unless set, hiddenLayers in reverse order");
      codeSize = make.wholeNumber("codeSize", "numbers of a code", 1);
      activation = make.choice("activation", "of the hidden layers", Activation.class);
      likelihood =
          make.choice(
              "likelihood",
              "distribution of the features given a code: bernoulli for features in [0, 1], gaussian for others",
              Likelihood.class);
      likelihoodDeviation =
          make.positive(
              "likelihoodDeviation",
              "standard deviation of each feature given a code, of likelihood gaussian");
      binarization =
          make.choice(
              "binarization",
              "how features in [0, 1] become zeros and ones: not, by a threshold of 1/2, or drawn anew in each epoch",
              Binarization.class);
      beta = make.atLeastZero("beta", "weight of the divergence KL(q(z|x), p(z)) in the bound");
      betaWarmupEpochs =
          make.wholeNumber(
              "betaWarmupEpochs",
              "epochs over which the weight of the divergence grows from 0 to beta",
              0);
      importanceSamples =
          make.wholeNumber(
              "importanceSamples",
              "samples of the posterior in each step: 1 for the evidence lower bound, more for the tighter bound of importance weights",
              1);
    }

    void setDefaults(Params parent) {
      parent.setDefault(
          hiddenLayers, ParamFactory.widths(VariationalSettings.DEFAULT.encoderLayers()));
      parent.setDefault(codeSize, VariationalSettings.DEFAULT.codeSize());
      parent.setDefault(activation, Check.camelCase(VariationalSettings.DEFAULT.activation()));
      parent.setDefault(likelihood, Check.camelCase(VariationalSettings.DEFAULT.likelihood()));
      parent.setDefault(likelihoodDeviation, VariationalSettings.DEFAULT.deviation());
      parent.setDefault(binarization, Check.camelCase(VariationalSettings.DEFAULT.binarization()));
      parent.setDefault(beta, VariationalSettings.DEFAULT.beta());
      parent.setDefault(betaWarmupEpochs, VariationalSettings.DEFAULT.betaWarmupEpochs());
      parent.setDefault(importanceSamples, VariationalSettings.DEFAULT.importanceSamples());
    }
  }

  /** {@return where the Params are kept} */
  Holder variationalParams();

  /** {@return widths between features and posterior; default 400} */
  default IntArrayParam hiddenLayers() {
    return variationalParams().hiddenLayers;
  }

  /**
   * {@return widths between code and features; those of {@link #hiddenLayers()} in reverse order
   * unless set}
   */
  default IntArrayParam decoderLayers() {
    return variationalParams().decoderLayers;
  }

  /** {@return numbers of a code, at least 1; default 20} */
  default IntParam codeSize() {
    return variationalParams().codeSize;
  }

  /** {@return activation of the hidden layers; default tanh} */
  default Param<String> activation() {
    return variationalParams().activation;
  }

  /** {@return distribution of the features given a code; default bernoulli} */
  default Param<String> likelihood() {
    return variationalParams().likelihood;
  }

  /**
   * {@return standard deviation of a feature given the code, of a gaussian likelihood; default 1}
   */
  default DoubleParam likelihoodDeviation() {
    return variationalParams().likelihoodDeviation;
  }

  /** {@return how features in [0, 1] become zeros and ones; default none} */
  default Param<String> binarization() {
    return variationalParams().binarization;
  }

  /** {@return weight of the divergence KL(q(z|x)‖p(z)) in the bound; default 1} */
  default DoubleParam beta() {
    return variationalParams().beta;
  }

  /**
   * {@return epochs over which the weight grows from 0 to {@link #beta()}, by equal steps; default
   * 0}
   */
  default IntParam betaWarmupEpochs() {
    return variationalParams().betaWarmupEpochs;
  }

  /**
   * {@return samples K of the posterior in each step: of 1, the evidence lower bound; of more, the
   * bound of importance weights; default 1}
   */
  default IntParam importanceSamples() {
    return variationalParams().importanceSamples;
  }

  /** {@return widths between features and posterior} */
  default int[] getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /** {@return widths between code and features} */
  default int[] getDecoderLayers() {
    if (isDefined(decoderLayers())) {
      return getOrDefault(decoderLayers());
    }
    int[] hidden = getHiddenLayers();
    return IntStream.range(0, hidden.length).map(i -> hidden[hidden.length - 1 - i]).toArray();
  }

  /** {@return numbers of a code} */
  default int getCodeSize() {
    return (int) getOrDefault(codeSize());
  }

  /** {@return activation of the hidden layers} */
  default String getActivation() {
    return getOrDefault(activation());
  }

  /** {@return distribution of the features given a code} */
  default String getLikelihood() {
    return getOrDefault(likelihood());
  }

  /** {@return standard deviation of a feature given the code} */
  default double getLikelihoodDeviation() {
    return (double) getOrDefault(likelihoodDeviation());
  }

  /** {@return how features become zeros and ones} */
  default String getBinarization() {
    return getOrDefault(binarization());
  }

  /** {@return weight of the divergence} */
  default double getBeta() {
    return (double) getOrDefault(beta());
  }

  /** {@return epochs over which the weight grows} */
  default int getBetaWarmupEpochs() {
    return (int) getOrDefault(betaWarmupEpochs());
  }

  /** {@return samples of the posterior in each step} */
  default int getImportanceSamples() {
    return (int) getOrDefault(importanceSamples());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  default VariationalSettings variationalSettings() {
    return new VariationalSettings(
        Arrays.stream(getHiddenLayers()).boxed().toList(),
        getCodeSize(),
        Arrays.stream(getDecoderLayers()).boxed().toList(),
        Check.choice(Activation.class, "activation", getActivation()),
        Check.choice(Likelihood.class, "likelihood", getLikelihood()),
        getLikelihoodDeviation(),
        Check.choice(Binarization.class, "binarization", getBinarization()),
        getBeta(),
        getBetaWarmupEpochs(),
        getImportanceSamples());
  }
}
