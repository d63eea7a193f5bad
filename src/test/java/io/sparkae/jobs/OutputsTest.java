package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.RunningTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
  @TempDir private Path folder;

  /** Tasks of local mode run in this JVM and share its statics. */
  private static volatile CountDownLatch begun;

  private static volatile CountDownLatch ended;
  private static volatile Thread driver;

  /** Fails on its first row, while the task of the second one writes on after the job's end. */
  private static void work(int row, Path output) {
    try {
      if (row == 0) {
        begun.await();
        throw new IllegalStateException("the first task fails");
      }
      begun.countDown();
      while (Files.exists(output) && !awaitsTasks()) {
        Thread.onSpinWait();
      }
      Files.createDirectories(output);
      Files.writeString(output.resolve("part-00001"), "late");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (row != 0) {
        ended.countDown();
      }
    }
  }

  private static boolean awaitsTasks() {
    return Arrays.stream(driver.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(RunningTasks.class.getName()));
  }

  @Test
  void tasksThatOutliveTheirFailedJobLeaveNothing() throws IOException, InterruptedException {
    begun = new CountDownLatch(1);
    ended = new CountDownLatch(1);
    driver = Thread.currentThread();
    JavaSparkContext context = new JavaSparkContext(LocalSpark.session().sparkContext());
    Outputs outputs = new Outputs(LocalSpark.session());
    Outputs.Writing writing =
        hidden -> {
          Path output = Files.createDirectories(Path.of(hidden.replaceFirst("^file:", "")));
          String name = output.toString();
          context.parallelize(List.of(0, 1), 2).foreach(row -> work(row, Path.of(name)));
        };
    assertThatThrownBy(() -> outputs.whole(folder.resolve("rows").toString(), false, writing))
        .hasMessageContaining("the first task fails");
    ended.await();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
