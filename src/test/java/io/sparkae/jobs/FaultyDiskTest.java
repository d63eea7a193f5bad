package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs on a disk that gets full or read-only at some moment: there whole or not at all. */
class FaultyDiskTest {
  /** Moments that are tried for each command. */
  private static final int MOMENTS = 2;

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
    StringBuilder csv = new StringBuilder("a,b,c,kind\n");
    for (float[] row : Tables.lowRank(5, 60, 3)) {
      csv.append(row[0]).append(',').append(row[1]).append(',').append(row[2]).append(",x\n");
    }
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.writeString(in.resolve("rows.csv"), csv);
    succeed(INGEST.replace("OUT/result", "IN/table"), in);
    succeed(TRAIN.replace("OUT/result", "IN/model"), in);
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

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
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
    succeed(command + (command.startsWith("train") ? " --resume" : ""), out);
    assertThat(names(out)).containsExactly(result);
    assertThat(content(out.resolve(result))).isEqualTo(content(expected.resolve(result)));
  }

  /** Nothing can be taken away any more then, but under another name. */
  @Test
  void onADiskThatTurnsReadOnlyAtAnyMomentTheOldTableOrTheNewOneIsThereWhole() throws IOException {
    Path wanted = newFolder();
    Path before = newFolder();
    succeed(ENCODE, wanted);
    succeed(ENCODE + " --output-col before", before);
    TreeMap<String, String> whole = content(wanted.resolve("result"));
    TreeMap<String, String> old = content(before.resolve("result"));
    int refused = 0;
    int failed = 0;
    int moved = 0;
    boolean held = false;
    for (int moment = 0; !held; moment++) {
      FaultyDisk.mend();
      Path out = newFolder();
      copy(before.resolve("result"), out.resolve("result"));
      FaultyDisk.freezeAfter(moment);
      Run run = run(ENCODE + " --overwrite", out);
      held = FaultyDisk.changes() <= moment;
      Path result = out.resolve("result");
      if (run.code() == Main.SUCCESS) {
        assertThat(content(result)).isEqualTo(whole);
        continue;
      }
      String line = lastLine(run);
      if (run.code() == Main.USAGE) {
        refused++;
        assertThat(line).contains("--output " + FaultyDisk.name(result) + " cannot be written: ");
      } else {
        failed++;
        assertThat(line).startsWith(line(ENCODE, result, "Read-only file system"));
      }
      String elsewhere = "; what was there before is now faulty:";
      if (line.contains(elsewhere)) {
        moved++;
        assertThat(result).doesNotExist();
        result = Path.of(line.substring(line.indexOf(elsewhere) + elsewhere.length()));
      }
      assertThat(content(result)).isEqualTo(old);
      FaultyDisk.mend();
      if (line.contains(elsewhere)) {
        succeed(ENCODE + " --overwrite", out);
        assertThat(content(out.resolve("result"))).isEqualTo(whole);
      }
    }
    assertThat(refused).isPositive();
    assertThat(failed).isGreaterThan(3);
    assertThat(moved).isEqualTo(1);
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
