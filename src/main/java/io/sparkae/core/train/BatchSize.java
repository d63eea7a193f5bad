package io.sparkae.core.train;

/** How many rows at a time a model is run over, where nothing is learned from them. */
public final class BatchSize {
  /**
   * Rows of a batch, unless they are very wide: enough for a product of matrices to run at its full
   * rate, which it reaches at about a thousand.
   */
  public static final int ROWS = 1024;

  /** Numbers in a batch of very wide rows, at most (a single row may have more). */
  public static final int NUMBERS = 1 << 24;

  private BatchSize() {}

  /**
   * {@return the rows of a batch}
   *
   * @param width numbers of a row, held for each
   */
  public static int ofRows(int width) {
    return Math.max(1, Math.min(ROWS, NUMBERS / Math.max(1, width)));
  }
}
