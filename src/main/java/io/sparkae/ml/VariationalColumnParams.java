package io.sparkae.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that a variational autoencoder makes beside those of other models, only when named.
 */
public interface VariationalColumnParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> logVarianceCol;
    private final Param<String> codeSampleCol;
    private final Param<String> elboCol;
    private final Param<String> logLikelihoodCol;
    private final IntParam likelihoodSamples;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      logVarianceCol =
          make.column(
              "logVarianceCol",
              "column of the log-variances of the posterior over codes to make; none unless named");
      codeSampleCol =
          make.column(
              "codeSampleCol",
              "column of a code drawn from each row's posterior to make; none unless named");
      elboCol =
          make.column(
              "elboCol",
              "column of the evidence lower bound of log p(x) of each row to make, over likelihoodSamples samples; none unless named");
      logLikelihoodCol =
          make.column(
              "logLikelihoodCol",
              "column of log p(x) of each row to make, estimated by likelihoodSamples importance weights; none unless named");
      likelihoodSamples =
          make.wholeNumber(
              "likelihoodSamples",
              "samples of each row's posterior for elboCol and logLikelihoodCol",
              1);
    }

    void setDefaults(Params parent) {
      parent.setDefault(likelihoodSamples, 100);
    }
  }

  /** {@return where the Params are kept} */
  Holder variationalColumnParams();

  /**
   * {@return column of the log-variances of each row's posterior over codes, whose means are the
   * codes}
   */
  default Param<String> logVarianceCol() {
    return variationalColumnParams().logVarianceCol;
  }

  /** {@return column of a code drawn from each row's posterior} */
  default Param<String> codeSampleCol() {
    return variationalColumnParams().codeSampleCol;
  }

  /**
   * {@return column of each row's evidence lower bound, the mean of log p(x|z) over {@link
   * #likelihoodSamples()} samples less KL(q(z|x)‖p(z))}
   */
  default Param<String> elboCol() {
    return variationalColumnParams().elboCol;
  }

  /**
   * {@return column of each row's log p(x), estimated as the logarithm of the mean of {@link
   * #likelihoodSamples()} importance weights; it is too low on average, the less so the more
   * samples}
   */
  default Param<String> logLikelihoodCol() {
    return variationalColumnParams().logLikelihoodCol;
  }

  /**
   * {@return samples of each row's posterior that {@link #elboCol()} and {@link
   * #logLikelihoodCol()} take; default 100}
   */
  default IntParam likelihoodSamples() {
    return variationalColumnParams().likelihoodSamples;
  }

  /** {@return column of the log-variances, null if none is wanted} */
  default String getLogVarianceCol() {
    return isDefined(logVarianceCol()) ? getOrDefault(logVarianceCol()) : null;
  }

  /** {@return column of drawn codes, null if none is wanted} */
  default String getCodeSampleCol() {
    return isDefined(codeSampleCol()) ? getOrDefault(codeSampleCol()) : null;
  }

  /** {@return column of the bounds, null if none is wanted} */
  default String getElboCol() {
    return isDefined(elboCol()) ? getOrDefault(elboCol()) : null;
  }

  /** {@return column of the estimates, null if none is wanted} */
  default String getLogLikelihoodCol() {
    return isDefined(logLikelihoodCol()) ? getOrDefault(logLikelihoodCol()) : null;
  }

  /** {@return samples of each row's posterior} */
  default int getLikelihoodSamples() {
    return (int) getOrDefault(likelihoodSamples());
  }
}
