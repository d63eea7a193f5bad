package io.sparkae.spark;

/** A row that cannot be used, with one line that names column, row and the way out. */
public final class InvalidRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With a line that says where, what and how to go on.
   *
   * @param row number within its partition, from 0
   * @param fault what is wrong with the column, as a verb and its object
   */
  InvalidRowException(int partition, long row, String column, String fault) {
    super(
        "row "
            + row
            + " of partition "
            + partition
            + " (counted from 0): column "
            + column
            + " "
            + fault
            + ": mend the row, or set handleInvalid to skip");
  }
}
