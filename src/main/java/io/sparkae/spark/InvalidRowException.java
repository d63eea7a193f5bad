package io.sparkae.spark;

/** A row that cannot be used, with one line that names column, row and the way out. */
public final class InvalidRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With a line that says where, what and how to go on.
   *
   * @param row number within its partition, from 0
   * @param fault what is wrong, as a clause that names the column
   */
  InvalidRowException(int partition, long row, String fault) {
    super(place(partition, row) + fault + ": mend the row, or set handleInvalid to skip");
  }

  private InvalidRowException(String message) {
    super(message);
  }

  private static String place(int partition, long row) {
    return "row " + row + " of partition " + partition + " (counted from 0): ";
  }

  /** A row that is not of the width of a model: the others are not either, as a rule. */
  static InvalidRowException otherWidth(
      int partition, long row, String column, int width, int trained) {
    return new InvalidRowException(place(partition, row) + widths(column, width, trained));
  }

  /**
   * {@return the same for a whole column: no row's fault}
   *
   * @param column name of the column
   * @param width features of its rows
   * @param trained features of the rows of the training
   */
  public static IllegalArgumentException otherWidth(String column, int width, int trained) {
    return new IllegalArgumentException(widths(column, width, trained));
  }

  private static String widths(String column, int width, int trained) {
    return "column "
        + column
        + " has "
        + width
        + " elements, but the model was trained on "
        + trained
        + ": take the column or the model that fits";
  }
}
