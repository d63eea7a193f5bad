package io.sparkae.jobs;

import static io.sparkae.jobs.Run.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands may replace, and what they leave of a run that fails. */
class OutputFoldersTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void outputsAreReplacedOnlyWhenAskedTo() {
    Run.rectangles(path("table"), 0, 10);
    String[] again = {"generate", "--set", "rect", "--rows", "5", "--output", path("table")};
    assertUsage(Run.of(again), "exists", "--overwrite");
    assertThat(LocalSpark.session().read().parquet(path("table")).count()).isEqualTo(10);
    String[] asked = Arrays.copyOf(again, again.length + 1);
    asked[again.length] = "--overwrite";
    assertThat(Run.of(asked).code()).isZero();
    assertThat(LocalSpark.session().read().parquet(path("table")).count()).isEqualTo(5);
    assertUsage(
        Run.of(
            "ingest",
            "--format",
            "parquet",
            "--input",
            path("table"),
            "--output",
            path("table"),
            "--overwrite"),
        "overlap");
  }

  @Test
  void nothingButTablesAndModelsIsEverReplaced() throws IOException {
    Path readme = Files.writeString(folder.resolve("README.md"), "mine");
    Path thesis = Files.createDirectories(folder.resolve("thesis"));
    Files.writeString(thesis.resolve("thesis.txt"), "mine too");
    Path mixed = Files.createDirectories(folder.resolve("mixed"));
    Run.rectangles(path("mixed/table"), 0, 3);
    Path metadata = Files.createDirectories(folder.resolve("project/metadata"));
    Files.writeString(metadata.resolve("authors.txt"), "me");
    for (Path mine : new Path[] {readme, thesis, mixed, metadata.getParent()}) {
      assertUsage(replace(mine), "--output " + mine, "which is never replaced");
    }
    Run.rectangles(path("noted"), 0, 3);
    Files.writeString(folder.resolve("noted/notes.txt"), "mine");
    assertUsage(replace(folder.resolve("noted")), "noted holds notes.txt");
    assertThat(readme).hasContent("mine");
    assertThat(thesis.resolve("thesis.txt")).hasContent("mine too");
    assertThat(mixed.resolve("table")).isDirectory();
    assertThat(metadata.resolve("authors.txt")).exists();
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(replace(empty).code()).isZero();
    assertThat(replace(empty).code()).as("a table").isZero();
  }

  private static Run replace(Path output) {
    return Run.of(
        "generate", "--set", "rect", "--rows", "3", "--output", output.toString(), "--overwrite");
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    Run.rectangles(path("table"), 0, 10);
    Run run = Run.of("train", "--input", path("table"), "--output", path("file/model"));
    assertUsage(run, "--output " + path("file/model") + " cannot be written");
    Run later = Run.of("train", "--input", path("none"), "--output", path("new/deep/model"));
    assertUsage(later, "--input " + path("none") + " does not exist");
    assertThat(folder.resolve("new")).as("trying leaves nothing").doesNotExist();
  }

  @Test
  void quickstartReplacesItsOwnPartsOnly() throws IOException {
    Path quick = Files.createDirectories(folder.resolve("quick/model"));
    Files.writeString(quick.resolve("notes.txt"), "mine");
    String[] quickstart = {"quickstart", "--output", path("quick"), "--overwrite"};
    assertUsage(Run.of(quickstart), "--output " + quick + " holds notes.txt");
    assertThat(quick.resolve("notes.txt")).exists();
  }

  @Test
  void aFailedRunIsOneLineWithTheCauseAndExitCodeOneAndLeavesNothing() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.idx"), "no such thing as IDX");
    Run run =
        Run.of("ingest", "--format", "idx", "--input", broken.toString(), "--output", path("out"));
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("sparkae ingest: " + broken + ": not an IDX file");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Tasks of a failed job end after it; what they were writing then must not come back. */
  @Test
  void aFailureInOneOfSeveralTasksLeavesNothingEither() throws IOException {
    byte[] rows = new byte[16 + 200_000];
    new Random(1).nextBytes(rows); // zeroes would be packed so well that the header is not believed
    System.arraycopy(new byte[] {0, 0, 8, 2, 0, 3, 13, 64, 0, 0, 0, 1}, 0, rows, 0, 12);
    Path packed = folder.resolve("cut.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(rows, 0, 12 + 150_000);
    }
    String output = path("made/for/it");
    Run run =
        Run.of(
            "ingest",
            "--format",
            "idx",
            "--input",
            packed.toString(),
            "--partitions",
            "8",
            "--output",
            output);
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("cut.gz: truncated");
    try (var left = Files.walk(folder.resolve("made/for"))) {
      assertThat(left).containsExactly(folder.resolve("made/for"));
    }
  }

  @Test
  void aFailureInsideATaskTellsItsOwnCauseAndLeavesNothing() throws IOException {
    byte[] header = {0, 0, 8, 2, 0, 0, 0, 9, 0, 0, 0, 4, 1, 2, 3, 4, 5};
    Path packed = folder.resolve("cut.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(header);
    }
    Run run =
        Run.of("ingest", "--format", "idx", "--input", packed.toString(), "--output", path("out"));
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("cut.gz: truncated: it ends in or before row");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFailedRunKeepsTheTableThatItWasToReplace() throws IOException {
    Run.rectangles(path("out"), 0, 10);
    byte[] header = {0, 0, 8, 2, 0, 0, 0, 9, 0, 0, 0, 4, 1, 2, 3, 4, 5};
    Path packed = folder.resolve("cut.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(header);
    }
    String[] ingest = {
      "ingest", "--format", "idx", "--input", packed.toString(), "--output", path("out")
    };
    String[] replacing = Arrays.copyOf(ingest, ingest.length + 1);
    replacing[ingest.length] = "--overwrite";
    assertThat(Run.of(replacing).code()).isEqualTo(Main.FAILURE);
    assertThat(LocalSpark.session().read().parquet(path("out")).count()).isEqualTo(10);
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactlyInAnyOrder(packed, folder.resolve("out"));
    }
  }

  @Test
  void anOutputThatAppearedMeanwhileIsLeftAlone() {
    Run.rectangles(path("out"), 0, 10);
    Outputs outputs = new Outputs(LocalSpark.session());
    assertThatThrownBy(
        () -> outputs.write(LocalSpark.session().range(3).toDF(), path("out"), false));
    assertThat(LocalSpark.session().read().parquet(path("out")).count()).isEqualTo(10);
  }
}
