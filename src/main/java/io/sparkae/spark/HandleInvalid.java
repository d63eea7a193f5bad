package io.sparkae.spark;

/** What becomes of rows with a null, a NaN or an infinite value. */
public enum HandleInvalid {
  /** The run stops with a line that names column and row. */
  ERROR,
  /** They are dropped and counted. */
  SKIP
}
