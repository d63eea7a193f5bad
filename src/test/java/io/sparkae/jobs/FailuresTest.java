package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.apache.hadoop.fs.Path;
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

  /**
   * Java names the file before or after, and Spark takes it for a lack of memory when it spills.
   */
  @Test
  void aDiskWithoutRoomIsToldHoweverItIsSaid() {
    for (Throwable full :
        List.of(
            new IOException("No space left on device"),
            new FileNotFoundException("/tmp/x (No space left on device)"),
            new FileSystemException("/tmp/x", null, "Disk quota exceeded"),
            new OutOfMemoryError("error while calling spill() on x : No space left on device"))) {
      assertThat(Failures.line(new RuntimeException(full)))
          .startsWith("a disk is full (" + full.getMessage() + "): ")
          .contains("--conf spark.local.dir=FOLDER");
    }
    Throwable output =
        OutputException.of(new Path("/tmp/out"), new IOException("No space left on device"));
    assertThat(Failures.line(new RuntimeException(output)))
        .isEqualTo("/tmp/out could not be written: No space left on device");
  }
}
