package io.sparkae.data;

import io.sparkae.core.Check;

/** A saved stage that does not fit together; the message is one line naming its folder. */
public final class SavedStageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the folder.
   *
   * @param path folder of the stage
   * @param fault what is wrong with it
   */
  public SavedStageException(String path, String fault) {
    super(path + " " + fault);
  }

  /**
   * Names the folder, where something else told the fault.
   *
   * @param path folder of the stage
   * @param fault what is wrong with it
   * @param reason what was thrown; the first line of its deepest cause becomes the end of the
   *     message
   */
  public SavedStageException(String path, String fault, Throwable reason) {
    super(path + " " + fault + ": " + Check.shown(told(reason)));
    addSuppressed(reason); // not its cause: the whole line is this one's
  }

  private static String told(Throwable reason) {
    Throwable deepest = reason;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return FaultWords.of(deepest);
  }
}
