package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** The name of a hidden entry with such an end, if there is one. */
  private static Optional<String> hidden(Path out, String end) throws IOException {
    return OutputFiles.names(out).stream()
        .filter(name -> name.startsWith(".result-") && name.endsWith(end))
        .findFirst();
  }

  /** Kills the command some time after it has begun to write, or when what was there is moved. */
  private void kill(Path out, long nanos) throws IOException, InterruptedException {
    Process command = TrainJvm.start(folder, REPLACE.replace("OUT", out.toString()));
    String awaited = nanos < 0 ? "-old" : "";
    while (command.isAlive() && hidden(out, awaited).isEmpty()) {
      Thread.onSpinWait();
    }
    long moment = System.nanoTime() + nanos;
    while (command.isAlive() && System.nanoTime() < moment) {
      Thread.onSpinWait();
    }
    command.toHandle().destroyForcibly();
    command.waitFor();
  }

  /** How long the command writes. */
  private long nanosOfWriting(Path out) throws IOException, InterruptedException {
    Process command = TrainJvm.start(folder, REPLACE.replace("OUT", out.toString()));
    while (command.isAlive() && hidden(out, "").isEmpty()) {
      Thread.onSpinWait();
    }
    long start = System.nanoTime();
    while (command.isAlive() && hidden(out, "").isPresent()) {
      Thread.onSpinWait();
    }
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
      kill(out, kill % 2 == 0 ? random.nextLong(nanos) : -1);
      withinWriting += hidden(out, "").isPresent() ? 1 : 0;
      Path result = out.resolve("result");
      List<String> visible =
          OutputFiles.names(out).stream().filter(name -> !name.startsWith(".result-")).toList();
      if (visible.isEmpty()) { // between two renames
        result = out.resolve(hidden(out, "-old").orElseThrow());
        assertThat(rows(result)).isEqualTo(former);
      } else {
        assertThat(visible).containsExactly("result");
        assertThat(rows(result)).isIn(former, wanted);
      }
      succeed(REPLACE, out);
      assertThat(rows(out.resolve("result"))).isEqualTo(wanted);
    }
    assertThat(withinWriting).as("kills while the output was written").isPositive();
  }
}
