package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.data.FilesInMemory;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README work as they are written. */
class ReadmeTest {
  @TempDir private Path folder;

  /** The commands of the first block of code under a heading, without {@code jobs/sparkae}. */
  private static List<String> commands(String heading) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## " + heading + "\n"));
    String block = section.split("```")[1].replace("\\\n", " ");
    return block
        .lines()
        .filter(line -> line.startsWith("jobs/sparkae "))
        .map(line -> line.substring("jobs/sparkae ".length()))
        .toList();
  }

  private void run(String command) {
    String[] args =
        Arrays.stream(command.replace("'", "").strip().split("\\s+"))
            .map(word -> word.startsWith("out/") ? folder.resolve(word).toString() : word)
            .toArray(String[]::new);
    Run run = Run.of(args);
    assertThat(run.code()).as("%s: %s", command, run.err()).isZero();
  }

  @Test
  void commandsForYourOwnDataWork() throws IOException {
    LocalSpark.session();
    Random random = new Random(5);
    String rows =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    random.nextGaussian()
                        + ","
                        + 100 * random.nextGaussian()
                        + ","
                        + (i % 3 == 0 ? "odd" : "usual")
                        + ","
                        + i)
            .collect(Collectors.joining("\n", "x,y,kind,z\n", "\n"));
    for (String name : List.of("my.csv", "new.csv")) {
      Files.writeString(folder.resolve(name), rows);
    }
    List<String> commands = commands("Your own data");
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      run(
          command
              .replace(" my.csv", " " + folder.resolve("my.csv"))
              .replace(" new.csv", " " + folder.resolve("new.csv")));
    }
    assertThat(folder.resolve("out/my-model/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("out/my-report.html")).isNotEmptyFile();
  }

  /** With small parts and few rows: those of the paper take a minute each. */
  @Test
  void commandsForSetsToCompareOnWork() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    LocalSpark.session();
    Path photos = Files.createDirectory(folder.resolve("photos"));
    byte[] picture = FilesInMemory.png(60, 40, (x, y) -> (x * y + 31 * x) % 256);
    Files.write(photos.resolve("photo.png"), picture);
    List<String> commands = commands("Sets to compare on");
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      String few = command.startsWith("generate") ? " --parts 20,5,30" : "";
      String rows = command.contains("rectangles_test") ? " --rows 300" : "";
      run(
          command
                  .replace(" --parts paper", "")
                  .replace(" my-photos", " " + photos)
                  .replace(" rectangles.zip", " " + Path.of(data, "rectangles", "rectangles.zip"))
              + few
              + rows);
    }
    assertThat(count("out/rot/test")).isEqualTo(30);
    assertThat(count("out/rect/train")).isEqualTo(1000);
    assertThat(count("out/rect/validation")).isEqualTo(200);
    assertThat(folder.resolve("out/rot.png")).isNotEmptyFile();
  }

  private long count(String table) {
    return LocalSpark.session().read().parquet(folder.resolve(table).toString()).count();
  }

  /** With one epoch, and a second of measuring: the full run takes minutes. */
  @Test
  void commandsForMnistWork() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    LocalSpark.session();
    List<String> commands = commands("From the command line");
    assertThat(commands).hasSize(9);
    for (String command : commands) {
      run(
          command
              .replace(" D/", " " + Path.of(data, "mnist") + "/")
              .replace("--epochs 10", "--epochs 1")
              .replace("--seconds 20", "--seconds 1"));
    }
  }
}
