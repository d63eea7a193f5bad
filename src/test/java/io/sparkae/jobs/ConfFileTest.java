package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfFileTest {
  private static final List<Option<?>> OPTIONS =
      List.of(
          Common.input("what is read"),
          Option.wholeNumber("rows", 1, "how many").withDefault("10"),
          Option.number("step", 0, "how far").withDefault("0.5"),
          Option.names("columns", "where"),
          Option.flag("force", "anyway"),
          CommandLine.CONF_FILE);

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static ConfFile read(String... files) {
    ConfFile read = ConfFile.read(Arrays.asList(files));
    read.check(OPTIONS);
    return read;
  }

  private static Map<String, String> values(String... files) {
    return read(files).settings().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  @Test
  void valuesAreThoseOfTheCommandLine() throws IOException {
    String file =
        file("a.conf", "input = out/007 # a comment\nrows: 007, step = 1e-3\ncolumns = [u, 1, v]");
    assertThat(values(file))
        .isEqualTo(Map.of("input", "out/007", "rows", "007", "step", "1e-3", "columns", "u,1,v"));
    assertThat(values(file("b.conf", "columns = [u]\nforce = true\n\"step\" = \"2\"")))
        .isEqualTo(Map.of("columns", "u", "force", "true", "step", "2"));
  }

  @Test
  void ofSeveralFilesTheLaterWins() throws IOException {
    String first = file("first.conf", "input = x\nrows = 7\n");
    String second = file("second.conf", "rows = 8\nstep = 2\n");
    assertThat(values(first, second)).isEqualTo(Map.of("input", "x", "rows", "8", "step", "2"));
    assertThat(values(second, first)).containsEntry("rows", "7");
  }

  @Test
  void theOriginOfEachValueIsItsFileAndLine() throws IOException {
    String first = file("first.conf", "input = x\nrows = 7\n");
    String second = file("second.conf", "\nrows = 8\n");
    assertThat(read(first, second).settings().get("input").origin()).isEqualTo(first + ": 1");
    assertThat(read(first, second).settings().get("rows").origin()).isEqualTo(second + ": 2");
  }

  @Test
  void filesIncludeFilesBesideThem() throws IOException {
    file("base.conf", "rows = 7\nstep = 2\n");
    String outer = file("outer.conf", "include \"base.conf\"\nrows = 8\n");
    assertThat(values(outer)).isEqualTo(Map.of("rows", "8", "step", "2"));
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(inner.resolve("deep.conf"), "include \"../outer.conf\"\nstep = 3\n");
    assertThat(values(inner.resolve("deep.conf").toString()))
        .isEqualTo(Map.of("rows", "8", "step", "3"));
  }

  @ParameterizedTest
  @CsvSource({
    "include \"none.conf\"",
    "include file(\"none.conf\")",
    "include required(\"none.conf\")"
  })
  void anIncludedFileThatIsNotThereIsRefused(String include) throws IOException {
    String outer = file("outer.conf", "rows = 8\n" + include + "\n");
    assertThatThrownBy(() -> read(outer))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(outer + " includes ")
        .hasMessageEndingWith("none.conf, which does not exist")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "include url(\"http://127.0.0.1:9/a.conf\")",
    "include required(url(\"file:///a.conf\"))",
    "include classpath(\"reference.conf\")",
    "include required(classpath(\"reference.conf\"))"
  })
  void whatIsNoFileIsNotFetched(String include) throws IOException {
    String outer = file("outer.conf", "rows = 8\n" + include + "\n");
    assertThatThrownBy(() -> read(outer))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(outer + " includes ")
        .hasMessageEndingWith("\"): only files can be included, by include \"FILE\"")
        .hasMessageNotContaining("\n");
  }

  @Test
  void filesThatAreTooLongTogetherAreRefused() throws IOException {
    String inner = file("inner.conf", "#".repeat((int) ConfIncluder.MOST_BYTES / 2 - 10) + "\n");
    assertThat(read(file("once.conf", "include \"inner.conf\"\n"))).isNotNull();
    assertThatThrownBy(() -> read(file("twice.conf", "include \"inner.conf\"\n".repeat(2))))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            inner
                + " makes a conf file of more than 16384 bytes, with what is included: give fewer"
                + " settings");
  }

  @Test
  void aFileThatIncludesItselfByWayOfAnotherIsRefused() throws IOException {
    String outer = file("outer.conf", "include \"inner.conf\"\n");
    file("inner.conf", "include \"./outer.conf\"\n");
    assertThatThrownBy(() -> read(outer))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("inner.conf includes ")
        .hasMessageEndingWith("outer.conf, by which it is included");
  }

  @Test
  void valuesAreSubstitutedAcrossFilesAndFromTheEnvironment() throws IOException {
    String first = file("first.conf", "input = ${PATH}\nstep = ${rows}\n");
    String second = file("second.conf", "rows = 8\n");
    assertThat(values(first, second))
        .isEqualTo(Map.of("input", System.getenv("PATH"), "rows", "8", "step", "8"));
    assertThatThrownBy(() -> read(file("third.conf", "\nrows = ${NO_SUCH_VARIABLE}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("third.conf: 2")
        .hasMessageContaining("NO_SUCH_VARIABLE")
        .hasMessageNotContaining("\n");
    assertThat(values(file("fourth.conf", "rows = 8\nrows = ${?NO_SUCH_VARIABLE}")))
        .isEqualTo(Map.of("rows", "8"));
  }

  @Test
  void theBlockOfSparkIsPassedOn() throws IOException {
    String file =
        file("a.conf", "rows = 7\nspark { executor.memory = 4g\n executor { cores = 2 } }\n");
    assertThat(values(file)).isEqualTo(Map.of("rows", "7"));
    assertThat(read(file).spark().getString("executor.memory")).isEqualTo("4g");
    assertThat(read(file).spark().getInt("executor.cores")).isEqualTo(2);
    assertThat(read(file("b.conf", "rows = 7")).spark().isEmpty()).isTrue();
    String dotted = file("c.conf", "spark.executor.memory = 8g");
    assertThat(read(file, dotted).spark().getString("executor.memory")).isEqualTo("8g");
    assertThat(read(file, dotted).spark().getInt("executor.cores")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row = 7 | 1: unknown option row: did you mean rows?",
        "conf-file = x | 1: unknown option conf-file",
        "rows = 0 | 1: --rows must be a whole number of at least 1, not 0",
        "rows = null | 1: rows must be a value or a list of values, not null",
        "optimizer { rows = 7 } | 1: optimizer is a block or has a dot in it, but options stand"
            + " by themselves: write rows = ... alone",
        "rows.x = 7 | 1: rows is a block or has a dot in it",
        "spark = 7 | 1: spark must be a block of Spark's settings",
        "columns = [u, {v = 1}] | 1: columns is a block",
        "columns = [u | 1: List should have ended with ]",
      })
  void whatIsWrongIsOneLineWithFileAndLine(String text, String message) throws IOException {
    String file = file("wrong.conf", text);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + ": " + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> read(folder + "/none.conf"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("does not exist");
  }
}
