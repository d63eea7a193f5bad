package io.sparkae.jobs;

/** Turns exceptions into the one line that a person reads. */
final class Failures {
  private Failures() {}

  /** The first cause that sparkae itself threw, else the deepest one. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root && !isOurs(root)) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean isOurs(Throwable cause) {
    return cause.getClass().getName().startsWith("io.sparkae.");
  }

  /** What the {@link #root} says, on one line. */
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
            || isOurs(root);
    return speaksForItself ? line : line + " (" + root.getClass().getSimpleName() + ")";
  }
}
