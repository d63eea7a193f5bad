package io.sparkae.jobs;

/** Turns exceptions into the one line that a person reads. */
final class Failures {
  private Failures() {}

  /** The deepest cause. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** What the deepest cause says, on one line. */
  static String line(Throwable failure) {
    Throwable root = root(failure);
    if (root instanceof OutOfMemoryError) {
      return "out of memory (" + root.getMessage() + "): give the driver more by --driver-memory";
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElse("");
    boolean speaksForItself =
        root instanceof IllegalArgumentException
            || root instanceof IllegalStateException
            || root.getClass().getName().startsWith("io.sparkae");
    return speaksForItself ? line : line + " (" + root.getClass().getSimpleName() + ")";
  }
}
