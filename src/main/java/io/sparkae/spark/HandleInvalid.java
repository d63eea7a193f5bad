package io.sparkae.spark;

import io.sparkae.core.Check;

/** What becomes of rows with a null, a NaN or an infinite value. */
public enum HandleInvalid {
  /** The run stops with a line that names column and row. */
  ERROR,
  /** They are dropped and counted. */
  SKIP;

  /**
   * {@return the choice of that name}
   *
   * @param name error or skip
   */
  public static HandleInvalid of(String name) {
    return Check.choice(HandleInvalid.class, "handleInvalid", name);
  }
}
