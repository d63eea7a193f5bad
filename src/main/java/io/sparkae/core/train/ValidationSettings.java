package io.sparkae.core.train;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * Which rows are held back from training, and what their loss decides.
 *
 * <p>Where there are validation rows, the model keeps the parameters of the epoch whose validation
 * loss was the least.
 *
 * @param fraction part of the rows that is held back, in [0, 1); 0 for none
 * @param patience epochs without improvement after which training stops early, at least 0; 0 for
 *     never
 * @param tolerance part of the least validation loss so far by which a loss must be below it to be
 *     an improvement, in [0, 1)
 */
public record ValidationSettings(double fraction, int patience, double tolerance)
    implements Serializable {
  /** No rows held back, no early stop. */
  public static final ValidationSettings NONE = new ValidationSettings(0, 0, 0);

  /**
   * Checks the ranges.
   *
   * @param fraction in [0, 1)
   * @param patience at least 0
   * @param tolerance in [0, 1)
   */
  public ValidationSettings {
    Check.that(fraction >= 0 && fraction < 1, "validationFraction", "in [0, 1)", fraction);
    Check.that(patience >= 0, "patience", "a whole number of at least 0", patience);
    Check.that(tolerance >= 0 && tolerance < 1, "validationTol", "in [0, 1)", tolerance);
  }

  /** Whether {@code loss} improves on the least one so far. */
  boolean improves(double loss, double least) {
    double allowance = Double.isInfinite(least) ? 0 : tolerance * Math.abs(least);
    return loss < least - allowance;
  }
}
