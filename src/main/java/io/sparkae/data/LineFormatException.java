package io.sparkae.data;

/** A text file, or a line of one, that is not what its format asks for. */
public final class LineFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the place.
   *
   * @param file the file
   * @param line number of the line, from 1
   * @param fault what is wrong with it
   */
  public LineFormatException(String file, long line, String fault) {
    super(file + ", line " + line + ": " + fault);
  }

  /**
   * Names the file.
   *
   * @param file the file
   * @param fault what is wrong with it
   */
  public LineFormatException(String file, String fault) {
    super(file + " " + fault);
  }
}
