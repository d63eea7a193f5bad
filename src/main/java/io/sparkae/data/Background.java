package io.sparkae.data;

import java.util.Arrays;

/** What lies behind a digit. */
@FunctionalInterface
interface Background {
  /** No background: black. */
  Background NONE = (row, pixels) -> Arrays.fill(pixels, 0);

  /**
   * Draws the background of a row.
   *
   * @param pixels filled with values in [0, 1]
   */
  void draw(long row, double[] pixels);
}
