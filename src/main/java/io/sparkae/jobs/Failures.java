package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.data.FaultWords;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** Turns exceptions into the one line that a person reads. */
final class Failures {
  /** What systems say when they take no more bytes: of a disk, a person, a process. */
  private static final Pattern NO_ROOM =
      Pattern.compile("No space left on device|Disk quota exceeded|File too large");

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

  /** A failure whose own line is said in other words, those of the command line; else itself. */
  static RuntimeException inWords(Exception failure, UnaryOperator<String> words) {
    if (failure instanceof UsageException usage) {
      return usage;
    }
    Throwable root = root(failure);
    if (!isOurs(root) || root.getMessage() == null) {
      return failure instanceof RuntimeException same ? same : new IllegalStateException(failure);
    }
    return new Reworded(words.apply(root.getMessage()), failure);
  }

  private static final class Reworded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reworded(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What the {@link #root} says, on one line. */
  static String line(Throwable failure) {
    Throwable root = root(failure);
    boolean mayBeScratch = // our own say which file it was; spilling is said to be out of memory
        !isOurs(root) && (root instanceof IOException || root instanceof OutOfMemoryError);
    if (mayBeScratch && NO_ROOM.matcher(FaultWords.of(root)).find()) {
      return "a disk is full ("
          + FaultWords.of(root)
          + "): what does not fit into memory lies in spark.local.dir, /tmp if not told otherwise;"
          + " make room there, or name another folder by --conf spark.local.dir=FOLDER, on a cluster"
          + " by SPARK_LOCAL_DIRS of its workers";
    }
    if (root instanceof OutOfMemoryError) {
      return "out of memory ("
          + root.getMessage()
          + "): give the driver more by --driver-memory, or on a cluster, if an executor ran out,"
          + " those by --executor-memory";
    }
    Optional<String> file = isOurs(root) ? Optional.empty() : fileOf(failure);
    if (file.isPresent()) {
      return file.get() + " cannot be read: " + reason(failure);
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    String line = FaultWords.of(root);
    boolean speaksForItself =
        root instanceof IllegalArgumentException
            || root instanceof IllegalStateException
            || isOurs(root);
    return speaksForItself ? line : line + " (" + root.getClass().getSimpleName() + ")";
  }

  /** The first words of the {@link #root}, fit for the end of a line. */
  static String reason(Throwable failure) {
    return Check.shown(said(failure));
  }

  /** The first line of the {@link #root}, as long as it is. */
  static String said(Throwable failure) {
    return FaultWords.of(root(failure));
  }

  /** The file that Spark could not read, if that is what went wrong. */
  private static Optional<String> fileOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && isOfReading(spark)) {
        return Optional.ofNullable(spark.getMessageParameters().get("path"));
      }
    }
    return Optional.empty();
  }

  /** Whether Spark says of a failure that a file could not be read. */
  static boolean isOfReading(SparkThrowable failure) {
    return failure.getCondition() != null && failure.getCondition().startsWith("FAILED_READ_FILE");
  }
}
