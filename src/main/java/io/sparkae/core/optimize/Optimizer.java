package io.sparkae.core.optimize;

import java.io.Serializable;

/**
 * A rule that walks downhill along directions over a flat vector.
 *
 * <p>Its state is {@link #slots()} vectors as long as the parameters, zero at the start, which the
 * caller owns, ships and averages. Each element of the parameters depends on the same element of
 * direction and state alone, so ranges may be stepped by different threads.
 */
public interface Optimizer extends Serializable {
  /** {@return vectors of state} */
  int slots();

  /**
   * {@return whether a direction of 0 leaves the parameter and its state as they are, so that a
   * step may pass it over}
   */
  default boolean restsAtZero() {
    return false;
  }

  /**
   * Steps the parameters [from, to) against the direction.
   *
   * @param parameters flat vector, changed in the range
   * @param state the slots, indexed like the parameters
   * @param direction mean direction of the minibatch, indexed like the parameters
   * @param from first parameter
   * @param to parameter behind the last
   * @param stepSize step size, schedule applied
   * @param step steps done before this one
   */
  void step(
      float[] parameters,
      float[][] state,
      float[] direction,
      int from,
      int to,
      float stepSize,
      long step);
}
