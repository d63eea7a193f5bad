package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands whose JVM is killed while they replace an output, in random moments and in that between
 * the two renames; {@code -Dsparkae.test.kills=…} asks for more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledOutputIT {
  private static final int KILLS = Integer.getInteger("sparkae.test.kills", 4);

  private static final String REPLACE =
      "generate --set digits --parts 500,100,100 --seed 2 --partitions 3 --overwrite --output OUT/result";

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    LocalSpark.session();
  }

  private static void succeed(String command, Path out) {
    Run run = Run.of(command.replace("OUT", out.toString()).split(" "));
    assertThat(run.code()).as(run.err()).isZero();
  }

  /** The rows of all parts; a part that is not whole cannot be read, or lacks some. */
  private static List<String> rows(Path result) {
    return Stream.of("train", "validation", "test")
        .map(part -> LocalSpark.session().read().parquet(result.resolve(part).toString()))
        .flatMap(part -> part.toJSON().collectAsList().stream().sorted())
        .toList();
  }

  /** Hidden entries of which one takes the place of the output, or did. */
  private static List<String> hidden(Path out) throws IOException {
    return OutputFiles.names(out).stream().filter(name -> name.startsWith(".result-")).toList();
  }

  /** Whether the first of the tables is being written, not only tried whether it can be. */
  private static boolean isWriting(Path out) throws IOException {
    return hidden(out).stream().anyMatch(name -> Files.exists(out.resolve(name).resolve("train")));
  }

  /** What was there before, while it has another name. */
  private static Path moved(Path out) throws IOException {
    List<String> old = hidden(out).stream().filter(name -> name.endsWith("-old")).toList();
    assertThat(old).hasSize(1);
    return out.resolve(old.get(0));
  }

  private static boolean isVisible(Path out) {
    return Files.exists(out.resolve("result"));
  }

  /** Waits for something that a command does in its JVM. */
  private static void await(Process command, Condition condition) throws IOException {
    while (command.isAlive() && !condition.holds()) {
      Thread.onSpinWait();
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private Process start(Path out, String... options) throws IOException {
    return TrainJvm.start(
        folder,
        REPLACE.replace("OUT", options.length == 0 ? out.toString() : FaultyDisk.name(out)),
        options);
  }

  private static void kill(Process command) throws InterruptedException {
    command.toHandle().destroyForcibly();
    command.waitFor();
  }

  /** Kills the command some time after it has begun to write. */
  private void killWhileWriting(Path out, long nanos) throws IOException, InterruptedException {
    Process command = start(out);
    await(command, () -> isWriting(out));
    long moment = System.nanoTime() + nanos;
    await(command, () -> System.nanoTime() > moment);
    kill(command);
  }

  /** Kills the command when what was there has another name, and nothing has its name. */
  private void killBetweenRenames(Path out) throws IOException, InterruptedException {
    Process command = start(out, FaultyDisk.holding("result"));
    await(command, () -> !isVisible(out));
    assertThat(command.isAlive()).isTrue();
    kill(command);
  }

  /** How long the command writes. */
  private long nanosOfWriting(Path out) throws IOException, InterruptedException {
    Process command = start(out);
    await(command, () -> isWriting(out));
    long start = System.nanoTime();
    await(command, () -> hidden(out).isEmpty());
    long end = System.nanoTime();
    assertThat(command.waitFor()).isZero();
    return end - start;
  }

  @Test
  void anOutputIsTheFormerOneOrTheNewOneWhenTheCommandIsKilled()
      throws IOException, InterruptedException {
    Path before = Files.createDirectory(folder.resolve("before"));
    succeed("generate --set digits --parts 20,5,5 --seed 1 --output OUT/result", before);
    List<String> former = rows(before.resolve("result"));
    Path whole = folder.resolve("whole");
    FileUtils.copyDirectory(before.toFile(), whole.toFile());
    long nanos = nanosOfWriting(whole);
    List<String> wanted = rows(whole.resolve("result"));
    assertThat(wanted).isNotEqualTo(former);

    Random random = Seed.random("killed output");
    int withinWriting = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path out = folder.resolve("out" + kill);
      FileUtils.copyDirectory(before.toFile(), out.toFile());
      if (kill % 2 == 0) {
        killWhileWriting(out, random.nextLong(nanos));
        withinWriting += isWriting(out) ? 1 : 0;
        assertThat(rows(isVisible(out) ? out.resolve("result") : moved(out))).isIn(former, wanted);
      } else {
        killBetweenRenames(out);
        assertThat(isVisible(out)).isFalse();
        assertThat(rows(moved(out))).isEqualTo(former);
      }
      succeed(REPLACE, out);
      assertThat(rows(out.resolve("result"))).isEqualTo(wanted);
    }
    assertThat(withinWriting).as("kills while the output was written").isPositive();
  }
}
