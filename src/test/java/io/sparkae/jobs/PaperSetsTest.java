package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sets of a paper were made of is known, and never mixed. */
class PaperSetsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
  private static final Console QUIET = new Console(NOWHERE, NOWHERE, false);

  @TempDir private Path folder;

  private PaperSets sets() {
    return new PaperSets(LocalSpark.session(), folder, true);
  }

  private Throwable refusal(String set, String... options) {
    return catchThrowable(() -> sets().prepare(set, List.of(options), 1, QUIET));
  }

  @Test
  void generatedRectanglesAreNotMixedWithPublishedOnes() throws IOException {
    assertThat(sets().rectangles()).isEmpty();
    sets().prepare("rect", List.of(), 1, QUIET);
    assertThat(sets().rectangles()).contains("generated");
    assertThat(sets().table("rect", "test").count()).isEqualTo(2000);
    assertThat(refusal("rect", "--input", "/somewhere/rectangles.zip"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the set rect in "
                + folder
                + " is generated, not published rectangles.zip: name another --output");
    sets().prepare("rect", List.of(), 1, QUIET);
    assertThat(sets().rectangles()).contains("generated");
  }

  @Test
  void publishedRectanglesAreNamedByTheirFileAlone() throws IOException {
    Path file = folder.resolve("rectangles.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      addRows(zip, "rectangles_train.amat", 1200);
      addRows(zip, "rectangles_test.amat", 2000);
    }
    List<String> options = PaperSets.rectangles(Optional.of(file.toString()));
    sets().prepare("rect", options, 1, QUIET);
    assertThat(sets().rectangles()).contains("published rectangles.zip");
    assertThat(sets().table("rect", "train").count()).isEqualTo(1000);
    assertThat(sets().table("rect", "validation").count()).isEqualTo(200);
    assertThat(refusal("rect"))
        .hasMessageContaining("is published rectangles.zip, not generated: name another --output");
    sets().prepare("rect", options, 1, QUIET);
    assertThat(sets().rectangles()).contains("published rectangles.zip");
  }

  private static void addRows(ZipOutputStream zip, String name, int count) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    for (int row = 0; row < count; row++) {
      zip.write(((row % 2) + " 0.5 1 " + row % 2 + "\n").getBytes(StandardCharsets.UTF_8));
    }
    zip.closeEntry();
  }

  @Test
  void otherSetsAreKnownByTheirOptions() throws IOException {
    sets().prepare("convex", List.of(), 1, QUIET);
    assertThat(refusal("convex", "--mnist", "there"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the set convex in "
                + folder
                + " was made with the options \"\", not \"--mnist there\": name another --output");
  }
}
