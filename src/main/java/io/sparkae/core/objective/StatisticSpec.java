package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * A named vector that is kept from step to step: newest = decay·old + (1 − decay)·(sum / weight).
 *
 * @param name mean activation, quality, moments…
 * @param length elements
 * @param initial value of every element at the start
 * @param decay part of the old value that stays, in [0, 1]; 1 keeps what a pass over all rows has
 *     filled
 * @param weight name of the (one-element) {@link WeightSpec} that divides the sums
 */
public record StatisticSpec(String name, int length, double initial, double decay, String weight)
    implements Serializable {
  /**
   * Checks the decay.
   *
   * @param name any
   * @param length any
   * @param initial any
   * @param decay in [0, 1]
   * @param weight name of a declared weight
   */
  public StatisticSpec {
    Check.that(decay >= 0 && decay <= 1, "decay of " + name, "in [0, 1]", decay);
  }
}
