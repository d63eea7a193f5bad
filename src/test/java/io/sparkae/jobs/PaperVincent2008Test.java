package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job of a paper's table, in its quick form. */
class PaperVincent2008Test {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private Run run(String... more) {
    List<String> args =
        new ArrayList<>(List.of("paper-vincent2008", "--quick", "--output", folder.toString()));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  @Test
  void writesTheTableAndGoesOnWhereItStopped() throws IOException {
    Run first = run("--sets", "convex", "--columns", "DBN-1");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("| convex | DBN-1 | ").contains(" | 19.92 ± 0.35 | ");
    Path trials = folder.resolve("quick-trials.jsonl");
    List<String> lines = Files.readAllLines(trials);
    assertThat(lines).hasSize(2);
    assertThat(Files.readString(folder.resolve("quick-report.html")))
        .contains("<td>convex</td>")
        .doesNotContain("http://", "https://");
    String table = Files.readString(folder.resolve("quick-table.md"));

    Files.writeString(trials, lines.get(0) + "\n" + lines.get(1).substring(0, 20));
    Run second = run("--sets", "convex", "--columns", "DBN-1");
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err()).contains("convex DBN-1, 2 of 2").doesNotContain("1 of 2", "making");
    assertThat(withoutSeconds(Files.readAllLines(trials))).isEqualTo(withoutSeconds(lines));
    assertThat(Files.readString(folder.resolve("quick-table.md"))).isEqualTo(table);
  }

  private static List<String> withoutSeconds(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("\"seconds\":[0-9.E]+", "")).toList();
  }

  @Test
  void refusesWhatTheTableHasNot() {
    assertThat(run("--sets", "circles").err())
        .contains("--sets must be of basic, rot, ", ", not circles");
    assertThat(run("--columns", "SVM").err())
        .contains("--columns must be of DBN-1, SAA-3, DBN-3, SdA-3, not SVM");
    assertThat(run("--sets", "convex,bg-img").err())
        .contains("--sets bg-img needs --pictures FOLDER");
  }

  @Test
  void refusesFilesOfSetsThatAreNotChosen() {
    assertThat(run("--sets", "convex", "--rectangles", "rectangles.zip").err())
        .contains("--rectangles is for --sets rect, not convex");
    assertThat(run("--sets", "convex,rect-img", "--pictures", "p", "--offline").err())
        .contains(
            "--offline is for --sets basic, rot, bg-rand, bg-img, rot-bg-img, not convex,"
                + " rect-img");
    assertThat(run("--sets", "rect", "--mnist", "m").err()).contains("--mnist is for --sets basic");
    assertThat(run("--sets", "convex", "--pictures", "p").err())
        .contains("--pictures is for --sets bg-img, rot-bg-img, rect-img, not convex");
  }

  @Test
  void picturesAskForTheSetsOnPicturesToo() {
    Run run = run("--pictures", folder.resolve("none").toString());
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains("--pictures " + folder.resolve("none") + " does not exist");
  }
}
