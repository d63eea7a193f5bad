package io.sparkae.spark;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What went wrong at the bottom of it, whatever Spark wraps around it. */
public final class Causes {
  private Causes() {}

  /** Runs what must fail; the cause at the root, whose message must be one line. */
  public static AbstractThrowableAssert<?, ? extends Throwable> rootCauseOf(
      ThrowingCallable failing) {
    Throwable cause = Assertions.catchThrowable(failing);
    Assertions.assertThat(cause).as("nothing failed").isNotNull();
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Assertions.assertThat(cause)
        .satisfies(root -> Assertions.assertThat(root.getMessage().lines()).hasSize(1));
  }
}
