package io.sparkae.ml;

import io.sparkae.core.objective.Penalties;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What is added to the reconstruction loss: {@link Penalties} as Params. */
public interface PenaltyParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DoubleParam weightDecay;
    private final DoubleParam weightL1;
    private final DoubleParam codeL1;
    private final DoubleParam codeL2;
    private final DoubleParam codeEntropy;
    private final DoubleParam sparsityWeight;
    private final DoubleParam sparsityTarget;
    private final DoubleParam sparsityDecay;
    private final DoubleParam contraction;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      weightDecay =
          make.atLeastZero("weightDecay", "lambda of lambda/2 times the sum of squared weights");
      weightL1 =
          make.atLeastZero("weightL1", "lambda of lambda times the sum of magnitudes of weights");
      codeL1 =
          make.atLeastZero(
              "codeL1", "lambda of lambda times the sum of magnitudes of a row's code");
      codeL2 =
          make.atLeastZero("codeL2", "lambda of lambda/2 times the sum of squares of a row's code");
      codeEntropy =
          make.atLeastZero("codeEntropy", "lambda of lambda times the entropy of a row's code");
      sparsityWeight =
          make.atLeastZero(
              "sparsityWeight",
              "beta of beta times the sum over units of KL(sparsityTarget, mean activation); the code is sigmoid or tanh");
      sparsityTarget =
          make.openFraction(
              "sparsityTarget", "rho, the mean activation that sparsityWeight asks of each unit");
      sparsityDecay =
          make.fraction(
              "sparsityDecay", "part of the running mean activation that stays from step to step");
      contraction =
          make.atLeastZero(
              "contraction",
              "lambda of lambda times the squared Frobenius norm of the Jacobian of the code; the encoder has one layer");
    }

    void setDefaults(Params parent) {
      Penalties defaults = Penalties.NONE;
      parent.setDefault(weightDecay, defaults.weightDecay());
      parent.setDefault(weightL1, defaults.weightL1());
      parent.setDefault(codeL1, defaults.codeL1());
      parent.setDefault(codeL2, defaults.codeL2());
      parent.setDefault(codeEntropy, defaults.codeEntropy());
      parent.setDefault(sparsityWeight, defaults.sparsityWeight());
      parent.setDefault(sparsityTarget, defaults.sparsityTarget());
      parent.setDefault(sparsityDecay, defaults.sparsityDecay());
      parent.setDefault(contraction, defaults.contraction());
    }

    /** Those that the layers of a stack do not share. */
    List<Param<?>> ofWholeNets() {
      return List.of(
          weightDecay, weightL1, codeL1, codeL2, codeEntropy, sparsityWeight, contraction);
    }
  }

  /** {@return where the Params are kept} */
  Holder penaltyParams();

  /** {@return λ of λ/2·‖W‖², at least 0; default 0} */
  default DoubleParam weightDecay() {
    return penaltyParams().weightDecay;
  }

  /** {@return λ of λ·‖W‖₁, at least 0; default 0} */
  default DoubleParam weightL1() {
    return penaltyParams().weightL1;
  }

  /** {@return λ of λ·Σ|hⱼ|, at least 0; default 0} */
  default DoubleParam codeL1() {
    return penaltyParams().codeL1;
  }

  /** {@return λ of λ/2·Σhⱼ², at least 0; default 0} */
  default DoubleParam codeL2() {
    return penaltyParams().codeL2;
  }

  /** {@return λ of λ·entropy of the code, at least 0; default 0} */
  default DoubleParam codeEntropy() {
    return penaltyParams().codeEntropy;
  }

  /** {@return β of β·Σⱼ KL(ρ‖ρ̂ⱼ), at least 0; default 0} */
  default DoubleParam sparsityWeight() {
    return penaltyParams().sparsityWeight;
  }

  /** {@return ρ of β·Σⱼ KL(ρ‖ρ̂ⱼ), in (0, 1); default 0.05} */
  default DoubleParam sparsityTarget() {
    return penaltyParams().sparsityTarget;
  }

  /** {@return λ of ρ̃ = λρ̃ + (1 − λ)ρ̂, in [0, 1); default 0.9} */
  default DoubleParam sparsityDecay() {
    return penaltyParams().sparsityDecay;
  }

  /** {@return λ of λ·‖∂h/∂x‖², at least 0; default 0} */
  default DoubleParam contraction() {
    return penaltyParams().contraction;
  }

  /** {@return λ of the weight decay} */
  default double getWeightDecay() {
    return (double) getOrDefault(weightDecay());
  }

  /** {@return λ of the L1 penalty on weights} */
  default double getWeightL1() {
    return (double) getOrDefault(weightL1());
  }

  /** {@return λ of the L1 penalty on codes} */
  default double getCodeL1() {
    return (double) getOrDefault(codeL1());
  }

  /** {@return λ of the L2 penalty on codes} */
  default double getCodeL2() {
    return (double) getOrDefault(codeL2());
  }

  /** {@return λ of the entropy of codes} */
  default double getCodeEntropy() {
    return (double) getOrDefault(codeEntropy());
  }

  /** {@return β of the sparsity} */
  default double getSparsityWeight() {
    return (double) getOrDefault(sparsityWeight());
  }

  /** {@return ρ of the sparsity} */
  default double getSparsityTarget() {
    return (double) getOrDefault(sparsityTarget());
  }

  /** {@return λ of the running mean activation} */
  default double getSparsityDecay() {
    return (double) getOrDefault(sparsityDecay());
  }

  /** {@return λ of the contraction} */
  default double getContraction() {
    return (double) getOrDefault(contraction());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  default Penalties penalties() {
    return new Penalties(
        getWeightDecay(),
        getWeightL1(),
        getCodeL1(),
        getCodeL2(),
        getCodeEntropy(),
        getSparsityWeight(),
        getSparsityTarget(),
        getSparsityDecay(),
        getContraction());
  }
}
