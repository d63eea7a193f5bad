package io.sparkae.jobs;

/**
 * A command that cannot start as it was asked; the message says what is wrong and what would be
 * right.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
