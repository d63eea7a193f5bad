package io.sparkae.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What notebooks/jupyter gives to Jupyter and to the kernel, which scripts here stand for. */
class JupyterTest {
  private static final List<String> TOOLS =
      List.of("bash", "cat", "dirname", "env", "grep", "head", "ls", "mkdir", "mktemp", "readlink");

  private static final String SAYS_WHAT_IT_GETS =
      """
      #!/usr/bin/env bash
      if [[ $1 == kernelspec ]]; then
        echo "Available kernels:"
        cat KERNELS
      elif [[ $* == "lab --version" ]]; then
        exit LAB
      else
        printf '<%s>' "$@"
        echo
        env
      fi
      """;

  private static final String BUILDS =
      """
      #!/usr/bin/env bash
      [[ $* == --version ]] || exit 9
      mkdir -p "HOME/target"
      echo jar >"HOME/target/spark-autoencoders-1-job.jar"
      echo -n /spark/a.jar:/spark/b.jar >"HOME/target/spark-classpath.txt"
      """;

  @TempDir private Path folder;
  private Path home;
  private Path bin;

  /** What a run of the script said, on both streams, and its exit code. */
  private record Outcome(int code, String said) {
    String variable(String name) {
      return said.lines()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in\n" + said));
    }
  }

  @BeforeEach
  void standIns() throws IOException {
    home = Files.createDirectory(folder.resolve("a home"));
    bin = Files.createDirectory(folder.resolve("bin"));
    for (String name :
        List.of("notebooks/jupyter", "jobs/java.options", "jobs/log4j2.properties")) {
      Path copy = home.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(name), copy);
    }
    script(home.resolve("jobs/sparkae"), BUILDS.replace("HOME", home.toString()));
    for (String tool : TOOLS) {
      link(tool);
    }
    link("sed");
    link("tr");
  }

  private void link(String tool) throws IOException {
    Path found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(at -> Path.of(at, tool))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    Files.createSymbolicLink(bin.resolve(tool), found);
  }

  private static void script(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private void jupyter(String kernels, boolean lab) throws IOException {
    Path list = Files.writeString(folder.resolve("kernels"), kernels);
    script(
        bin.resolve("jupyter"),
        SAYS_WHAT_IT_GETS.replace("KERNELS", "'" + list + "'").replace("LAB", lab ? "0" : "1"));
  }

  /** Jupyter with a kernel named java whose kernel.json is that text. */
  private Path kernel(String text) throws IOException {
    Path kernel = Files.createDirectory(folder.resolve("java"));
    Files.writeString(kernel.resolve("kernel.json"), text);
    jupyter("  java       " + kernel + "\n  python3    /opt/python3\n", true);
    return kernel;
  }

  private Path jjava() throws IOException {
    return kernel("{\"argv\": [\"java\", \"-jar\", \"{resource_dir}/jjava-launcher.jar\"]}");
  }

  private Outcome run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(bin.resolve("bash").toString(), home + "/notebooks/jupyter")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  private void assertFailsWith(String line) throws IOException, InterruptedException {
    Outcome outcome = run(Map.of());
    assertThat(outcome.said().lines()).as("one line").hasSize(1);
    assertThat(outcome.said()).startsWith("jupyter: ").contains(line);
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void withoutJupyterItSaysWhatToInstall() throws IOException, InterruptedException {
    assertFailsWith("no jupyter on the PATH: pip install jupyterlab jjava");
  }

  @Test
  void withoutAJavaKernelItSaysWhatToInstall() throws IOException, InterruptedException {
    jupyter("  python3       /opt/python3\n  javascript    /opt/javascript\n", true);
    assertFailsWith("no kernel named java: pip install jjava");
  }

  @Test
  void anotherJavaKernelIsNotGuessedAt() throws IOException, InterruptedException {
    Path kernel = kernel("{\"argv\": [\"java\", \"-jar\", \"other.jar\"]}");
    assertFailsWith("the kernel java in " + kernel + " is neither JJava nor IJava");
  }

  @Test
  void aKernelWithoutItsFileIsNamed() throws IOException, InterruptedException {
    Path kernel = jjava();
    Files.delete(kernel.resolve("kernel.json"));
    assertFailsWith(kernel + "/kernel.json that can be read");
  }

  @ParameterizedTest
  @CsvSource({"jjava,JJAVA_CLASSPATH", "jjava,JJAVA_JVM_OPTS", "ijava,IJAVA_CLASSPATH"})
  void aVariableInTheKernelsFileIsNamedSinceItWins(String kernel, String variable)
      throws IOException, InterruptedException {
    Path folder = kernel("{\"argv\": [\"" + kernel + "\"], \"env\": {\"" + variable + "\": \"\"}}");
    assertFailsWith(folder + "/kernel.json sets " + variable);
  }

  @Test
  void aBuildThatFailsEndsIt() throws IOException, InterruptedException {
    jjava();
    script(home.resolve("jobs/sparkae"), "#!/usr/bin/env bash\necho it failed >&2\nexit 1\n");
    Outcome outcome = run(Map.of());
    assertThat(outcome.said()).isEqualTo("it failed\n");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void jjavaGetsTheJobJarAndSparkAndTheOptionsOfTheJobs() throws IOException, InterruptedException {
    jjava();
    Outcome outcome = run(Map.of());
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(outcome.said()).contains("<lab><" + home + "/notebooks/quickstart.ipynb>");
    assertThat(outcome.variable("JJAVA_CLASSPATH"))
        .isEqualTo(home + "/target/spark-autoencoders-1-job.jar:/spark/a.jar:/spark/b.jar");
    List<String> options = List.of(outcome.variable("JJAVA_JVM_OPTS").split("\\s+"));
    assertThat(options)
        .containsAll(
            Files.readAllLines(Path.of("jobs/java.options")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList())
        .contains("-Xmx4g", "-Dsparkae.log=" + folder + "/logs/sparkae.log")
        .contains(
            "-Dlog4j2.configurationFile=file://"
                + home.toString().replace(" ", "%20")
                + "/jobs/log4j2.properties")
        .allMatch(option -> option.startsWith("-"));
    assertThat(outcome.variable("SPARK_LOCAL_IP")).isEqualTo("127.0.0.1");
    assertThat(outcome.variable("OPENBLAS_NUM_THREADS")).isEqualTo("1");
    assertThat(outcome.variable("PATH")).startsWith(System.getProperty("java.home") + "/bin:");
  }

  @Test
  void whatTheUserSetComesLastAndSoWins() throws IOException, InterruptedException {
    jjava();
    Outcome outcome =
        run(
            Map.of(
                "JJAVA_CLASSPATH",
                "/mine.jar",
                "JJAVA_JVM_OPTS",
                "-Xmx1g",
                "SPARKAE_MEMORY",
                "2g"));
    assertThat(outcome.variable("JJAVA_CLASSPATH")).endsWith("/spark/b.jar:/mine.jar");
    assertThat(outcome.variable("JJAVA_JVM_OPTS")).contains(" -Xmx2g ").endsWith(" -Xmx1g");
  }

  @Test
  void ijavaGetsTheSameWithItsOptionsThroughTheVariableOfJavaItself()
      throws IOException, InterruptedException {
    kernel("{\"argv\": [\"java\", \"-jar\", \"/kernels/java/ijava-1.3.0.jar\"], \"env\": {}}");
    Outcome outcome = run(Map.of());
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(outcome.variable("IJAVA_CLASSPATH")).endsWith("-job.jar:/spark/a.jar:/spark/b.jar");
    assertThat(outcome.variable("JDK_JAVA_OPTIONS"))
        .contains("--add-modules=jdk.incubator.vector", "-Xmx4g");
    assertThat(outcome.said()).doesNotContain("JJAVA_");
  }

  @Test
  void argumentsAreJupytersOwn() throws IOException, InterruptedException {
    jjava();
    Outcome outcome = run(Map.of(), "nbconvert", "--execute", "my notebook.ipynb");
    assertThat(outcome.said()).startsWith("<nbconvert><--execute><my notebook.ipynb>\n");
  }

  @Test
  void withoutJupyterLabTheNotebookIsStarted() throws IOException, InterruptedException {
    jjava();
    jupyter(Files.readString(folder.resolve("kernels")), false);
    assertThat(run(Map.of()).said()).contains("<notebook><" + home);
  }

  @Test
  void aLogThatCannotBeAnOptionGoesElsewhere() throws IOException, InterruptedException {
    jjava();
    Outcome outcome = run(Map.of("SPARKAE_LOG", folder + "/my logs/sparkae.log"));
    assertThat(outcome.said()).startsWith("jupyter: the log goes to /");
    assertThat(outcome.variable("JJAVA_JVM_OPTS")).doesNotContain("my logs");
  }
}
