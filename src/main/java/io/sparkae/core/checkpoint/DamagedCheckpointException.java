package io.sparkae.core.checkpoint;

import java.io.IOException;

/** A file that is no whole checkpoint, with what shows it, as the end of a sentence about it. */
public final class DamagedCheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * With that.
   *
   * @param message such as {@code is cut short}
   */
  public DamagedCheckpointException(String message) {
    super(message);
  }
}
