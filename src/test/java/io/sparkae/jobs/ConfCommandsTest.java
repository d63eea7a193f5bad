package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command in the comment of each file in conf takes the file. */
class ConfCommandsTest {
  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      List<Path> all = files.sorted().toList();
      assertThat(all).isNotEmpty();
      return all.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void itsCommandTakesIt(Path file) throws IOException {
    List<String> commands =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("#   jobs/sparkae ") && line.contains(file.toString()))
            .toList();
    assertThat(commands).as("the comment says how it is used").hasSize(1);
    String command = commands.get(0).substring("#   jobs/sparkae ".length()).split(" ")[0];
    Run run = Run.of(command, "--conf-file", file.toString(), "--print-conf");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(file.getFileName().toString());
  }
}
