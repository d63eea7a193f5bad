package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void theLineIsTheDeepestCauseUnlessOneOfOursStandsBefore() {
    Exception deep = new IOException("disk full\nsecond line");
    assertThat(Failures.line(new RuntimeException("outside", deep)))
        .isEqualTo("disk full (IOException)");
    UsageException ours = new UsageException("--input is wrong");
    ours.initCause(deep);
    assertThat(Failures.line(new RuntimeException("outside", ours))).isEqualTo("--input is wrong");
  }

  @Test
  void aCauseWithoutWordsGivesItsName() {
    assertThat(Failures.line(new RuntimeException(new NullPointerException())))
        .isEqualTo("NullPointerException");
    assertThat(Failures.line(new OutOfMemoryError("Java heap space")))
        .contains("out of memory", "--driver-memory", "--executor-memory");
  }
}
