package io.sparkae.core.train;

/** A training that cannot go on, with one line that says why and what would help. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With that line.
   *
   * @param message what went wrong, where, and the likely cause
   */
  public TrainingException(String message) {
    super(message);
  }
}
