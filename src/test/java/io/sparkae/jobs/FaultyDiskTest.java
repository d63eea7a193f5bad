package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs on a disk that gets full or read-only at some moment: there whole or not at all. */
class FaultyDiskTest {
  /** Moments that are tried for each command; {@code -Dsparkae.test.moments=…} asks for more. */
  private static final int MOMENTS = Integer.getInteger("sparkae.test.moments", 2);

  /** Bytes more or less that the same command writes, since reports have durations. */
  private static final int SPREAD = 100;

  private static final String INGEST =
      "ingest --format csv --label kind --scale standard --input IN/rows.csv --output OUT/result";
  private static final String TRAIN =
      "train --input IN/table --code-size 2 --epochs 2 --batch-size 16 --seed 4 --replicas 1"
          + " --micro-batches 2 --checkpoint-interval 1 --output OUT/result";
  private static final String ENCODE =
      "encode --input IN/table --model IN/model --output OUT/result";
  private static final String GENERATE = "generate --set digits --parts 10,5,5 --output OUT/result";
  private static final String REPORT =
      "report --model IN/model --input IN/table --output OUT/result.html";

  @TempDir private static Path folder;

  @BeforeAll
  static void makeInputs() throws IOException {
    FaultyDisk.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.writeString(in.resolve("rows.csv"), Tables.csv(5, 60));
    succeed(INGEST.replace("OUT/result", "IN/table"), in);
    succeed(TRAIN.replace("OUT/result", "IN/model"), in);
    succeed(TRAIN.replace("OUT/result", "IN/other").replace("--seed 4", "--seed 5"), in);
  }

  @AfterEach
  void mend() {
    FaultyDisk.mend();
  }

  private static Run run(String command, Path out) {
    String words =
        command.replace("IN", folder.resolve("in").toString()).replace("OUT", FaultyDisk.name(out));
    return Run.of(words.split(" "));
  }

  private static void succeed(String command, Path out) {
    Run run = run(command, out);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "out");
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What does not hold times or random names: all but Spark's metadata. */
  private static TreeMap<String, String> content(Path result) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(result)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name =
            result
                .relativize(file)
                .toString()
                .replaceFirst("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "");
        boolean isBytes = name.endsWith(".parquet") || name.isEmpty();
        content.put(name, isBytes ? Arrays.toString(Files.readAllBytes(file)) : "");
      }
    }
    return content;
  }

  private static String lastLine(Run run) {
    List<String> lines = run.err().lines().toList();
    return lines.get(lines.size() - 1);
  }

  private static String line(String command, Path output, String reason) {
    String name = command.substring(0, command.indexOf(' '));
    return "sparkae " + name + ": " + FaultyDisk.name(output) + " could not be written: " + reason;
  }

  @ParameterizedTest
  @ValueSource(strings = {INGEST, TRAIN, ENCODE, GENERATE, REPORT})
  void onAFullDiskACommandNamesItsOutputLeavesNothingAndWorksAgain(String command)
      throws IOException {
    Random random = Seed.random("full disk: " + command);
    Path expected = newFolder();
    FaultyDisk.mend();
    succeed(command, expected);
    long bytes = FaultyDisk.bytes();
    String result = names(expected).get(0);
    Path out = newFolder();
    for (int moment = 0; moment < MOMENTS; moment++) {
      long most = bytes - SPREAD;
      FaultyDisk.fillAfter(moment == 0 ? most : random.nextLong(most));
      Run full = run(command, out);
      assertThat(full.code()).isEqualTo(Main.FAILURE);
      assertThat(lastLine(full))
          .isEqualTo(line(command, out.resolve(result), "No space left on device"));
      assertThat(names(out)).isSubsetOf("_result-checkpoints");
    }
    FaultyDisk.mend();
    boolean resumed = Newest.checkpoint(out.resolve("_result-checkpoints")) > 0;
    Run again = run(command + (command.startsWith("train") ? " --resume" : ""), out);
    assertThat(again.code()).as(again.err()).isZero();
    boolean wentOn = again.err().matches("(?s).*(going on after |already trained to its end).*");
    assertThat(wentOn).as(again.err()).isEqualTo(resumed);
    assertThat(names(out)).containsExactly(result);
    assertThat(content(out.resolve(result))).isEqualTo(content(expected.resolve(result)));
  }

  /** What became of a command whose disk turned read-only. */
  private enum End {
    DONE,
    REFUSED,
    FAILED,
    MOVED
  }

  /** What a command makes, and what another has made before in its place. */
  private static final class Replacement {
    private final String command;
    private final Path before;
    private final TreeMap<String, String> wanted;

    /** How many changes it makes to the disk. */
    private final long changes;

    private final long bytes;

    Replacement(String command, String earlier) throws IOException {
      this.command = command + " --overwrite";
      before = newFolder();
      succeed(earlier, before);
      Path out = copy();
      FaultyDisk.mend();
      succeed(this.command, out);
      changes = FaultyDisk.changes();
      bytes = FaultyDisk.bytes();
      wanted = content(result(out));
      assertThat(wanted).isNotEqualTo(content(result(before)));
    }

    private Path copy() throws IOException {
      Path out = newFolder().resolve("copy");
      FileUtils.copyDirectory(before.toFile(), out.toFile());
      return out;
    }

    private static Path result(Path out) throws IOException {
      List<String> names = names(out);
      assertThat(names).hasSize(1);
      return out.resolve(names.get(0));
    }

    /** Runs the command on a disk that is full after some bytes, and then again. */
    void fullAfter(long moment) throws IOException {
      Path out = copy();
      Path result = result(out);
      FaultyDisk.fillAfter(moment);
      Run run = run(command, out);
      FaultyDisk.mend();
      assertThat(run.code()).isEqualTo(Main.FAILURE);
      assertThat(lastLine(run)).isEqualTo(line(command, result, "No space left on device"));
      assertThat(content(result)).isEqualTo(content(result(before)));
      assertThat(names(out)).contains(name(result)).isSubsetOf(name(result), checkpoints(result));
      succeed(command, out);
      assertThat(content(result)).isEqualTo(wanted);
    }

    private static String name(Path result) {
      return result.getFileName().toString();
    }

    private static String checkpoints(Path result) {
      return "_" + name(result) + "-checkpoints";
    }

    /**
     * Runs the command on a disk that is read-only after some changes, when nothing can be taken
     * away any more, and then again: what was there before is whole, under its name or that which
     * the line says, or what was to be made.
     */
    End frozenAfter(long moment) throws IOException {
      Path out = copy();
      Path result = result(out);
      FaultyDisk.freezeAfter(moment);
      Run run = run(command, out);
      FaultyDisk.mend();
      if (run.code() == Main.SUCCESS) {
        assertThat(content(result)).isEqualTo(wanted);
        return End.DONE;
      }
      String line = lastLine(run);
      if (run.code() == Main.USAGE) {
        assertThat(line)
            .containsAnyOf(
                "--output " + FaultyDisk.name(result) + " cannot be written: ",
                FaultyDisk.name(out.resolve("_result-checkpoints")) + " cannot be used: ");
        assertThat(content(result)).isEqualTo(content(result(before)));
        return End.REFUSED;
      }
      assertThat(line).startsWith(line(command, result, "Read-only file system"));
      String elsewhere = "; what was there before is now faulty:";
      boolean moved = line.contains(elsewhere);
      Path kept = result;
      if (moved) {
        assertThat(result).doesNotExist();
        kept = Path.of(line.substring(line.indexOf(elsewhere) + elsewhere.length()));
      }
      assertThat(content(kept)).isEqualTo(content(result(before)));
      assertThat(names(out))
          .allMatch(
              other ->
                  other.equals(name(result))
                      || other.startsWith("." + name(result))
                      || other.equals(checkpoints(result)));
      succeed(command, out);
      assertThat(content(result)).isEqualTo(wanted);
      return moved ? End.MOVED : End.FAILED;
    }
  }

  @Test
  void onADiskThatTurnsReadOnlyAtAnyMomentTheOldTableOrTheNewOneIsThereWhole() throws IOException {
    Replacement encode = new Replacement(ENCODE, ENCODE + " --output-col before");
    Map<End, Integer> ends = new EnumMap<>(End.class);
    for (long moment = 0; moment <= encode.changes; moment++) {
      ends.merge(encode.frozenAfter(moment), 1, Integer::sum);
    }
    assertThat(ends.get(End.REFUSED)).isPositive();
    assertThat(ends.get(End.FAILED)).isGreaterThan(3);
    assertThat(ends.get(End.MOVED)).isEqualTo(1);
    assertThat(ends.get(End.DONE)).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        INGEST + ";--scale standard;--scale none",
        TRAIN + ";--seed 4;--seed 5",
        ENCODE + ";OUT/result;OUT/result --output-col before",
        GENERATE + ";--set digits;--set rect",
        REPORT + ";IN/model;IN/other"
      })
  void onAFullDiskWhatWasThereBeforeStaysWhole(String command, String now, String before)
      throws IOException {
    Replacement other = new Replacement(command, command.replace(now, before));
    other.fullAfter(other.bytes - SPREAD);
    other.fullAfter(Seed.random("full disk before: " + command).nextLong(other.bytes - SPREAD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        INGEST + ";--scale standard;--scale none",
        TRAIN + ";--seed 4;--seed 5",
        GENERATE + ";--set digits;--set rect",
        REPORT + ";IN/model;IN/other"
      })
  void onADiskThatTurnsReadOnlyAtSomeMomentTheOldOutputOrTheNewOneIsThereWhole(
      String command, String now, String before) throws IOException {
    Replacement other = new Replacement(command, command.replace(now, before));
    Random random = Seed.random("read-only disk: " + command);
    for (int moment = 0; moment < MOMENTS; moment++) {
      assertThat(other.frozenAfter(random.nextLong(other.changes / 2))).isNotEqualTo(End.DONE);
      other.frozenAfter(other.changes / 2 + random.nextLong(other.changes / 2));
    }
  }

  @Test
  void checkpointsThatCannotBeDeletedDoNotUndoASavedModel() throws IOException {
    FaultyDisk.mend();
    succeed(TRAIN, newFolder());
    long changes = FaultyDisk.changes();
    Path out = newFolder();
    FaultyDisk.freezeAfter(changes - 1);
    Run run = run(TRAIN, out);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "warning: the checkpoints in "
                + FaultyDisk.name(out.resolve("_result-checkpoints"))
                + " could not be deleted: Read-only file system");
    assertThat(names(out.resolve("result"))).containsExactly("metadata", "report.html", "weights");
  }
}
