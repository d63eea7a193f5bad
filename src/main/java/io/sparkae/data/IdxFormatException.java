package io.sparkae.data;

import java.io.IOException;

/**
 * An IDX file that is not what it says it is; the message is one line naming the file and the
 * place.
 */
public final class IdxFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  IdxFormatException(String file, String problem) {
    super(file + ": " + problem);
  }

  IdxFormatException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
