package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher refuses by itself, before any Java starts. */
class LauncherTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--packages",
        "--packages --master local",
        "--packages=",
        "--master= info",
        "--conf --help",
        "--exclude-packages",
        "--repositories",
        "--files",
        "--archives",
        "--driver-class-path",
        "--driver-java-options",
        "--driver-cores",
        "--principal",
        "--keytab",
        "--proxy-user",
        "--properties-file=--x",
      })
  void anOptionOfSparkWithoutItsValueIsOneLineAndExitCodeTwo(String arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", Path.of("jobs/sparkae").toAbsolutePath().toString()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", "/nonexistent");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(Main.USAGE);
    assertThat(said.lines()).hasSize(1);
    assertThat(said).startsWith("sparkae: " + arguments.split("[ =]")[0]).contains("needs a value");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
