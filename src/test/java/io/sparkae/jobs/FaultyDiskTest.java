package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
    String result = OutputFiles.names(expected).get(0);
    Path out = newFolder();
    for (int moment = 0; moment < MOMENTS; moment++) {
      long most = bytes - SPREAD;
      FaultyDisk.fillAfter(moment == 0 ? most : random.nextLong(most));
      Run full = run(command, out);
      assertThat(full.code()).isEqualTo(Main.FAILURE);
      assertThat(lastLine(full))
          .isEqualTo(line(command, out.resolve(result), "No space left on device"));
      assertThat(OutputFiles.names(out)).isSubsetOf("_result-checkpoints");
    }
    FaultyDisk.mend();
    boolean resumed = Newest.checkpoint(out.resolve("_result-checkpoints")) > 0;
    Run again = run(command + (command.startsWith("train") ? " --resume" : ""), out);
    assertThat(again.code()).as(again.err()).isZero();
    boolean wentOn = again.err().matches("(?s).*(going on after |already trained to its end).*");
    assertThat(wentOn).as(again.err()).isEqualTo(resumed);
    assertThat(OutputFiles.names(out)).containsExactly(result);
    assertThat(OutputFiles.content(out.resolve(result)))
        .isEqualTo(OutputFiles.content(expected.resolve(result)));
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
      wanted = OutputFiles.content(result(out));
      assertThat(wanted).isNotEqualTo(OutputFiles.content(result(before)));
    }

    private Path copy() throws IOException {
      Path out = newFolder().resolve("copy");
      FileUtils.copyDirectory(before.toFile(), out.toFile());
      return out;
    }

    private static Path result(Path out) throws IOException {
      List<String> names = OutputFiles.names(out);
      assertThat(names).hasSize(1);
      return out.resolve(names.get(0));
    }

    /** What became of the command in a folder of its own on a faulty disk, which is then mended. */
    private record Attempt(Path out, Path result, Run run) {}

    private Attempt attempt(Runnable fault) throws IOException {
      Path out = copy();
      Path result = result(out);
      fault.run();
      Run run = run(command, out);
      FaultyDisk.mend();
      return new Attempt(out, result, run);
    }

    /** Runs the command on a disk that is full after some bytes, and then again. */
    void fullAfter(long moment) throws IOException {
      Attempt attempt = attempt(() -> FaultyDisk.fillAfter(moment));
      Path out = attempt.out();
      Path result = attempt.result();
      Run run = attempt.run();
      assertThat(run.code()).isEqualTo(Main.FAILURE);
      assertThat(lastLine(run)).isEqualTo(line(command, result, "No space left on device"));
      assertThat(OutputFiles.content(result)).isEqualTo(OutputFiles.content(result(before)));
      assertThat(OutputFiles.names(out))
          .contains(name(result))
          .isSubsetOf(name(result), checkpoints(result));
      succeed(command, out);
      assertThat(OutputFiles.content(result)).isEqualTo(wanted);
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
      Attempt attempt = attempt(() -> FaultyDisk.freezeAfter(moment));
      Path out = attempt.out();
      Path result = attempt.result();
      Run run = attempt.run();
      if (run.code() == Main.SUCCESS) {
        assertThat(OutputFiles.content(result)).isEqualTo(wanted);
        return End.DONE;
      }
      String line = lastLine(run);
      if (run.code() == Main.USAGE) {
        assertThat(line)
            .containsAnyOf(
                "--output " + FaultyDisk.name(result) + " cannot be written: ",
                FaultyDisk.name(out.resolve("_result-checkpoints")) + " cannot be used: ");
        assertThat(OutputFiles.content(result)).isEqualTo(OutputFiles.content(result(before)));
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
      assertThat(OutputFiles.content(kept)).isEqualTo(OutputFiles.content(result(before)));
      assertThat(OutputFiles.names(out))
          .allMatch(
              other ->
                  other.equals(name(result))
                      || other.matches("\\.+" + Pattern.quote(name(result)) + "-.*") // hidden
                      || other.equals(checkpoints(result)));
      succeed(command, out);
      assertThat(OutputFiles.content(result)).isEqualTo(wanted);
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
                + " could not be deleted: cannot delete ");
    assertThat(OutputFiles.names(out.resolve("result")))
        .containsExactly("metadata", "report.html", "weights");
  }

  @Test
  void aModelThatAProgramSavesIsThereWholeOrNotAtAll() throws IOException {
    AutoencoderModel model = AutoencoderModel.load(folder.resolve("in/model").toString());
    Path out = newFolder();
    FaultyDisk.mend();
    model.write().save(FaultyDisk.name(out.resolve("whole")));
    long bytes = FaultyDisk.bytes();
    TreeMap<String, String> former = OutputFiles.content(out.resolve("whole"));
    for (String name : List.of("result", "whole")) {
      for (long room : List.of(10L, bytes / 2, bytes - SPREAD)) {
        FaultyDisk.fillAfter(room);
        assertThatThrownBy(() -> model.write().overwrite().save(FaultyDisk.name(out.resolve(name))))
            .rootCause()
            .hasMessageContaining("No space left on device");
        FaultyDisk.mend();
        assertThat(OutputFiles.names(out)).containsExactly("whole");
        assertThat(OutputFiles.content(out.resolve("whole"))).isEqualTo(former);
      }
    }
    model.write().overwrite().save(FaultyDisk.name(out.resolve("whole")));
    assertThat(OutputFiles.content(out.resolve("whole"))).isEqualTo(former);
  }
}
