package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  @Test
  void anInterruptedTrainingSaysSoInOneLineAndLeavesNothing()
      throws IOException, InterruptedException {
    GeneratedSource.read(LocalSpark.session(), "rectangles", 1, 0, 500, 2)
        .write()
        .parquet(folder.resolve("table").toString());
    Process training =
        start("train --input table --output out/model --epochs 100000 --batch-size 50");
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = training.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith("epoch 2/")) {
          training.toHandle().destroy(); // SIGTERM, as Ctrl-C is SIGINT
        }
      }
    }
    assertThat(training.waitFor()).as(said.toString()).isEqualTo(TERMINATED);
    assertThat(said.stream().filter(line -> !line.matches("epoch .*|training on .*|WARNING: .*")))
        .containsExactly("sparkae train: interrupted");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .doesNotContain("out")
          .contains("table");
    }
  }

  @Test
  void whatACommandHasHalfWrittenIsTakenAway() throws IOException, InterruptedException {
    Process drawing =
        start("generate --set digits --rows 100000000 --partitions 10000 --output out/rows");
    while (!hasPartsBeneath(folder.resolve("out"))) {
      assertThat(drawing.isAlive()).as("the command goes on").isTrue();
      Thread.onSpinWait();
    }
    drawing.toHandle().destroy();
    List<String> said = drawing.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(drawing.waitFor()).as(said.toString()).isEqualTo(TERMINATED);
    assertThat(said).contains("sparkae generate: interrupted");
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(left).isEmpty();
    }
  }

  private static boolean hasPartsBeneath(Path output) {
    try (Stream<Path> files = Files.exists(output) ? Files.walk(output) : Stream.empty()) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("part-"));
    } catch (IOException | UncheckedIOException movedMeanwhile) {
      return false;
    }
  }

  private Process start(String arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jobs", "java.options").toAbsolutePath(),
                "-Xmx1g",
                "-Djava.io.tmpdir=" + folder,
                "-Dspark.master=local[2]",
                "-Dlog4j2.configurationFile=" + Path.of("jobs/log4j2.properties").toUri(),
                "-Dsparkae.log=" + folder.resolve("log"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.redirectErrorStream(true).start();
  }
}
