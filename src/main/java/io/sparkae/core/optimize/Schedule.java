package io.sparkae.core.optimize;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * How the step size changes over a training: a factor that multiplies it.
 *
 * @param kind shape of the curve
 * @param decay factor that {@code STEP} and {@code EXPONENTIAL} apply, in (0, 1]
 * @param every epochs between two drops of {@code STEP}, at least 1
 * @param warmupEpochs epochs over which the factor first rises linearly from 0, at least 0
 */
public record Schedule(Kind kind, double decay, int every, double warmupEpochs)
    implements Serializable {
  /** The shapes. */
  public enum Kind {
    /** 1 throughout. */
    CONSTANT,
    /** decay^⌊epoch / every⌋. */
    STEP,
    /** decay^epoch, continuous in the fraction of the epoch. */
    EXPONENTIAL,
    /**
     * ½(1 + cos(π·t)), t the fraction of the training that is done (Loshchilov and Hutter 2017).
     */
    COSINE
  }

  /** The default: constant, no warm-up. */
  public static final Schedule CONSTANT = new Schedule(Kind.CONSTANT, 0.95, 10, 0);

  /**
   * Checks the ranges.
   *
   * @param kind any
   * @param decay in (0, 1]
   * @param every at least 1
   * @param warmupEpochs finite, at least 0
   */
  public Schedule {
    Check.that(decay > 0 && decay <= 1, "scheduleDecay", "in (0, 1]", decay);
    Check.that(every >= 1, "scheduleEvery", "a whole number of at least 1", every);
    Check.that(
        warmupEpochs >= 0 && Double.isFinite(warmupEpochs),
        "warmupEpochs",
        "at least 0",
        warmupEpochs);
  }

  /**
   * {@return the factor at a time}
   *
   * @param epoch epochs done, with the fraction of the current one
   * @param epochs epochs of the whole training
   */
  public double factor(double epoch, double epochs) {
    double shape =
        switch (kind) {
          case CONSTANT -> 1;
          case STEP -> decayed(Math.floor(epoch / every));
          case EXPONENTIAL -> decayed(epoch);
          case COSINE -> 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, epoch / epochs)));
        };
    return epoch < warmupEpochs ? shape * (epoch / warmupEpochs) : shape;
  }

  /** decay to a power, in every step of a training: {@code StrictMath.pow} allocates. */
  private double decayed(double power) {
    return StrictMath.exp(power * StrictMath.log(decay));
  }
}
