package io.sparkae.data;

/** What becomes of rows of a file that do not fit, or lack a value. */
public enum InvalidRows {
  /** The first of them stops the run. */
  ERROR,
  /** They are dropped. */
  SKIP,
  /** Features without a value become NaN, which marks what is missing; the rest stops the run. */
  KEEP
}
