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
import org.junit.jupiter.params.provider.CsvSource;
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
    String said = refused(arguments);
    assertThat(said).startsWith("sparkae: " + arguments.split("[ =]")[0]).contains("needs a value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "info --master locl[2]; --master must be local[N], local[*], spark://HOST:PORT",
        "info --master local[0]; not local[0]",
        "info --conf spark.master=foo; spark.master must be local[N]",
        "info --conf foo; --conf must be KEY=VALUE, not foo",
        "info --conf spark.authenticate.secret:xyz; --conf must be KEY=VALUE, not"
            + " spark.authenticate.secret",
        "info --properties-file nope.properties; --properties-file nope.properties does not exist",
        "info --deploy-mode cluster; --deploy-mode cluster needs a cluster, not --master local[*]",
        "info --deploy-mode remote; --deploy-mode must be client or cluster, not remote",
        "info --driver-memory lots; --driver-memory must be a size such as 4g or 512m, not lots",
        "info --conf spark.driver.memory=0; --driver-memory must be a size",
        "info --executor-cores two; --executor-cores must be a whole number",
      })
  void aWrongValueOfAnOptionOfSparkIsOneLineAndExitCodeTwo(String arguments, String said)
      throws IOException, InterruptedException {
    assertThat(refused(arguments)).startsWith("sparkae: ").contains(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[2]",
        "local[*]",
        "local[2,3]",
        "local-cluster[2,1,1024]",
        "spark://a:7077,b:7077",
        "yarn",
        "k8s://https://host:443",
      })
  void mastersOfSparkArePassedOn(String master) throws IOException, InterruptedException {
    Process process = start("info --driver-memory 2gb --conf a.b=c=d --master " + master);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(Main.FAILURE);
    assertThat(said).as("the next thing that is looked for").startsWith("sparkae: no Java at");
  }

  /** What the launcher says, in one line, when it refuses arguments. */
  private String refused(String arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(Main.USAGE);
    assertThat(said.lines()).hasSize(1);
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    return said;
  }

  private Process start(String arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", Path.of("jobs/sparkae").toAbsolutePath().toString()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", "/nonexistent");
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    return builder.redirectErrorStream(true).start();
  }
}
