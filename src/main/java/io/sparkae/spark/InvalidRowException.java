package io.sparkae.spark;

/** A row that cannot be used, with one line that names column, row and the way out. */
public final class InvalidRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With that line. */
  public InvalidRowException(String message) {
    super(message);
  }
}
