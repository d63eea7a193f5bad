package io.sparkae.jobs;

import io.sparkae.core.Check;

/**
 * A command that cannot start as it was asked; the message says what is wrong and what would be
 * right.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More is cut off. */
  private static final int LONGEST = 900;

  UsageException(String message) {
    super(Check.shown(message, LONGEST));
  }
}
