package io.sparkae.core.optimize;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * An optimizer's choice and its constants.
 *
 * @param kind the rule
 * @param stepSize step size before the schedule, positive
 * @param momentum of {@code MOMENTUM} and {@code NESTEROV}, in [0, 1)
 * @param beta1 decay of Adam's first moment, in [0, 1)
 * @param beta2 decay of Adam's second moment, in [0, 1)
 * @param epsilon added to the root in {@code ADAGRAD} and {@code ADAM}, positive
 * @param schedule factor on the step size over time
 * @param clipNorm Euclidean norm to which the mean direction of a step is shortened where it is
 *     longer (Pascanu, Mikolov and Bengio 2013), at least 0; 0 for any length
 * @param fullBatch of {@code LBFGS} and {@code CONJUGATE_GRADIENT}, which heed nothing else
 */
public record OptimizerSettings(
    Kind kind,
    double stepSize,
    double momentum,
    double beta1,
    double beta2,
    double epsilon,
    Schedule schedule,
    double clipNorm,
    FullBatchSettings fullBatch)
    implements Serializable {
  /** The rules. */
  public enum Kind {
    /** w ← w − ηg. */
    SGD,
    /** v ← μv + g, w ← w − ηv (Polyak 1964). */
    MOMENTUM,
    /** v ← μv + g, w ← w − η(g + μv) (Nesterov 1983, as Sutskever et al. 2013 rewrite it). */
    NESTEROV,
    /** s ← s + g², w ← w − ηg/(√s + ε) (Duchi, Hazan, Singer 2011). */
    ADAGRAD,
    /** Bias-corrected first moment over the root of the second (Kingma and Ba 2015). */
    ADAM,
    /** Adam that leaves alone what has a gradient of 0 in a minibatch, for wide sparse rows. */
    LAZY_ADAM,
    /** Limited-memory BFGS on all rows (Liu and Nocedal 1989). */
    LBFGS,
    /** Nonlinear conjugate gradient on all rows (Polak and Ribière 1969). */
    CONJUGATE_GRADIENT,
    /** Parameters that stay as they are. */
    FROZEN;

    /** {@return whether each step is taken on all rows, its size searched for along a line} */
    public boolean isFullBatch() {
      return this == LBFGS || this == CONJUGATE_GRADIENT;
    }

    /** {@return whether steps go on in the direction of those before, by a momentum} */
    public boolean hasMomentum() {
      return this == MOMENTUM || this == NESTEROV;
    }

    /** {@return whether it is Adam, of either kind} */
    public boolean isAdam() {
      return this == ADAM || this == LAZY_ADAM;
    }

    /** {@return whether each parameter's step is divided by the size of its own gradients} */
    public boolean scalesSteps() {
      return this == ADAGRAD || isAdam();
    }
  }

  /** Adam with the constants of its paper. */
  public static final OptimizerSettings DEFAULT =
      new OptimizerSettings(Kind.ADAM, 0.001, 0.9, 0.9, 0.999, 1e-8, Schedule.CONSTANT);

  /**
   * Checks the ranges.
   *
   * @param kind any
   * @param stepSize positive
   * @param momentum in [0, 1)
   * @param beta1 in [0, 1)
   * @param beta2 in [0, 1)
   * @param epsilon positive
   * @param schedule any
   * @param clipNorm finite, at least 0
   * @param fullBatch any
   */
  public OptimizerSettings {
    Check.that(
        stepSize > 0 && Double.isFinite(stepSize), "stepSize", "a positive number", stepSize);
    Check.that(momentum >= 0 && momentum < 1, "momentum", "in [0, 1)", momentum);
    Check.that(beta1 >= 0 && beta1 < 1, "beta1", "in [0, 1)", beta1);
    Check.that(beta2 >= 0 && beta2 < 1, "beta2", "in [0, 1)", beta2);
    Check.that(epsilon > 0 && Double.isFinite(epsilon), "epsilon", "a positive number", epsilon);
    Check.that(
        clipNorm >= 0 && Double.isFinite(clipNorm), "clipNorm", "a number of at least 0", clipNorm);
  }

  /**
   * Without clipping.
   *
   * @param kind the rule
   * @param stepSize step size before the schedule, positive
   * @param momentum of {@code MOMENTUM} and {@code NESTEROV}, in [0, 1)
   * @param beta1 decay of Adam's first moment, in [0, 1)
   * @param beta2 decay of Adam's second moment, in [0, 1)
   * @param epsilon added to the root in {@code ADAGRAD} and {@code ADAM}, positive
   * @param schedule factor on the step size over time
   */
  public OptimizerSettings(
      Kind kind,
      double stepSize,
      double momentum,
      double beta1,
      double beta2,
      double epsilon,
      Schedule schedule) {
    this(kind, stepSize, momentum, beta1, beta2, epsilon, schedule, 0, FullBatchSettings.DEFAULT);
  }

  /**
   * {@return the same with another rule}
   *
   * @param other the rule
   */
  public OptimizerSettings withKind(Kind other) {
    return new OptimizerSettings(
        other, stepSize, momentum, beta1, beta2, epsilon, schedule, clipNorm, fullBatch);
  }

  /**
   * {@return the same with another step size}
   *
   * @param other step size before the schedule, positive
   */
  public OptimizerSettings withStepSize(double other) {
    return new OptimizerSettings(
        kind, other, momentum, beta1, beta2, epsilon, schedule, clipNorm, fullBatch);
  }

  /**
   * {@return the same with another momentum}
   *
   * @param other of {@code MOMENTUM} and {@code NESTEROV}, in [0, 1)
   */
  public OptimizerSettings withMomentum(double other) {
    return new OptimizerSettings(
        kind, stepSize, other, beta1, beta2, epsilon, schedule, clipNorm, fullBatch);
  }

  /**
   * {@return the same with another schedule}
   *
   * @param other how the step size changes
   */
  public OptimizerSettings withSchedule(Schedule other) {
    return new OptimizerSettings(
        kind, stepSize, momentum, beta1, beta2, epsilon, other, clipNorm, fullBatch);
  }

  /**
   * {@return the same with another longest direction}
   *
   * @param other Euclidean norm, at least 0; 0 for any length
   */
  public OptimizerSettings withClipNorm(double other) {
    return new OptimizerSettings(
        kind, stepSize, momentum, beta1, beta2, epsilon, schedule, other, fullBatch);
  }

  /**
   * {@return the same with another length of full-batch training}
   *
   * @param other when a full-batch optimizer ends
   */
  public OptimizerSettings withFullBatch(FullBatchSettings other) {
    return new OptimizerSettings(
        kind, stepSize, momentum, beta1, beta2, epsilon, schedule, clipNorm, other);
  }

  /**
   * {@return the step size at a time}
   *
   * @param epoch epochs done, with the fraction of the current one
   * @param epochs epochs of the whole training
   */
  public double stepSizeAt(double epoch, double epochs) {
    return stepSize * schedule.factor(epoch, epochs);
  }

  /**
   * The rule itself.
   *
   * @return a rule without state: what it remembers is in the slots that it is given
   */
  public Optimizer create() {
    return switch (kind) {
      case SGD -> new Sgd();
      case MOMENTUM -> new Momentum((float) momentum);
      case NESTEROV -> new Nesterov((float) momentum);
      case ADAGRAD -> new AdaGrad((float) epsilon);
      case ADAM -> new Adam(beta1, beta2, epsilon);
      case LAZY_ADAM -> new LazyAdam(new Adam(beta1, beta2, epsilon));
      case LBFGS, CONJUGATE_GRADIENT, FROZEN -> new Frozen();
    };
  }
}
