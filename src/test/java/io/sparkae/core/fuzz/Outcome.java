package io.sparkae.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.jqwik.api.statistics.Statistics;

/** What a reader makes of an input: a result, or one line of the kind that it says. */
public final class Outcome {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int LONGEST_MESSAGE = 1000;

  /** What classes may take that are loaded meanwhile. */
  private static final long COLD = 8_000_000;

  private Outcome() {}

  /**
   * Reads. What is thrown but for {@code refusal} goes on, and fails the test.
   *
   * @param place what the line must begin with
   * @param mostBytes that may be allocated
   * @return the result, or nothing if it was refused
   */
  public static <T> Optional<T> of(
      Callable<T> reader, Class<? extends Exception> refusal, String place, long mostBytes)
      throws Exception {
    Optional<T> result = quietly(reader, refusal, place, mostBytes);
    Statistics.label("outcome")
        .collect(result.isPresent() ? "read" : "refused")
        .coverage(
            coverage -> {
              coverage.check("read").count(count -> count > 0);
              coverage.check("refused").count(count -> count > 0);
            });
    return result;
  }

  /** Reads what must be refused. */
  public static void refused(
      Callable<?> reader, Class<? extends Exception> refusal, String place, long mostBytes)
      throws Exception {
    assertThat(quietly(reader, refusal, place, mostBytes)).as("what was read").isEmpty();
  }

  private static <T> Optional<T> quietly(
      Callable<T> reader, Class<? extends Exception> refusal, String place, long mostBytes)
      throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T result = null;
    Exception thrown = null;
    try {
      result = reader.call();
    } catch (Exception e) {
      if (!refusal.isInstance(e)) {
        throw e;
      }
      thrown = e;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes that were allocated").isLessThanOrEqualTo(COLD + mostBytes);
    if (thrown != null) {
      assertOneLine(thrown.getMessage(), place);
    }
    return Optional.ofNullable(result);
  }

  private static void assertOneLine(String message, String place) {
    assertThat(message).startsWith(place).hasSizeLessThan(LONGEST_MESSAGE);
    assertThat(message.chars().filter(Character::isISOControl)).as(message).isEmpty();
  }
}
