package io.sparkae.data;

/** A Parquet file that names a class to load; the message is one line naming the file. */
public final class ForeignTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ForeignTypeException(String message) {
    super(message);
  }
}
