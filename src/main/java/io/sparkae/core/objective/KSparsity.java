package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * How many units of a row's code stay. Source: Makhzani and Frey 2013.
 *
 * @param k units that stay, at least 1; 0 for all, which turns it off
 * @param start units that stay at first; 0 for k
 * @param annealing part of the training over which the number falls from {@code start} to k in even
 *     steps, in [0, 1]
 * @param factor α: the trained model keeps the largest αk units, at least 1
 */
public record KSparsity(int k, int start, double annealing, double factor) implements Serializable {
  /** All units stay; half the training for a schedule, once there is one. */
  public static final KSparsity NONE = new KSparsity(0, 0, 0.5, 1);

  /**
   * Checks the ranges.
   *
   * @param k at least 0
   * @param start 0, or at least {@code k}, which is above 0 then
   * @param annealing in [0, 1]
   * @param factor finite, at least 1
   */
  public KSparsity {
    Check.that(k >= 0, "kSparse", "a whole number of at least 0", k);
    Check.that(
        start == 0 || (k > 0 && start >= k),
        "kSparseStart",
        "0 or at least kSparse, which is above 0 then (it is " + k + ")",
        start);
    Check.that(annealing >= 0 && annealing <= 1, "kSparseAnnealing", "in [0, 1]", annealing);
    Check.that(factor >= 1 && Double.isFinite(factor), "kSparseAlpha", "at least 1", factor);
  }

  /**
   * {@return so many units at every moment}
   *
   * @param k units that stay, 0 for all
   */
  public static KSparsity of(int k) {
    return new KSparsity(k, NONE.start, NONE.annealing, NONE.factor);
  }

  /** {@return whether any unit goes} */
  public boolean isActive() {
    return k > 0;
  }

  /** {@return whether the number changes in training} */
  public boolean isScheduled() {
    return start > k;
  }

  /** Units that stay when that part of the training is done. */
  int training(double progress) {
    if (!isScheduled() || progress >= annealing) {
      return k;
    }
    return (int) Math.round(start - (start - k) * (progress / annealing));
  }

  /** {@return units that stay in the trained model, 0 for all; may be more than there are} */
  public int encoding() {
    return (int) Math.min(Integer.MAX_VALUE, Math.round(factor * k));
  }
}
