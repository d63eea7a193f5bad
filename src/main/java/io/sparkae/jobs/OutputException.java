package io.sparkae.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;

/** An output could not be written: its file system is full, read-only or out of reach. */
final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final Pattern SCRATCH =
      Pattern.compile("org\\.apache\\.spark\\.(storage|shuffle)\\.");

  private OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  /** In a line that names the output. */
  static OutputException of(Path output, Throwable failure) {
    return new OutputException(
        output + " could not be written: " + Failures.said(failure), failure);
  }

  /**
   * Whether it was the writing that failed: not the reading of what was to be written, nor a disk
   * where Spark keeps blocks and shuffles meanwhile.
   */
  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean ofReader = cause instanceof UncheckedIOException; // as our own readers throw it
      if (ofReader || cause instanceof SparkThrowable spark && Failures.isOfReading(spark)) {
        return false;
      }
    }
    Throwable root = Failures.root(failure);
    return root instanceof IOException
        && Arrays.stream(root.getStackTrace())
            .noneMatch(frame -> SCRATCH.matcher(frame.getClassName()).lookingAt());
  }
}
