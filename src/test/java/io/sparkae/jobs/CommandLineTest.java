package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static final Option<String> INPUT = Common.input("what is read");
  private static final Option<Long> ROWS =
      Option.wholeNumber("rows", 1, "how many").withDefault("10");
  private static final Option<Double> STEP = Option.number("step", 0, "how far").withDefault("0.5");
  private static final Option<String> KIND = Option.choice("kind", List.of("a", "b"), "which");
  private static final Option<List<String>> COLUMNS = Option.names("columns", "where");
  private static final Option<Boolean> FORCE = Option.flag("force", "anyway");

  private final CommandLine line =
      new CommandLine(
          "sparkae try", "tries something", List.of(INPUT, ROWS, STEP, KIND, COLUMNS, FORCE));

  @TempDir private Path folder;

  private Arguments parse(String... args) {
    return line.parse(List.of(args), System.out).orElseThrow();
  }

  @Test
  void valuesAreReadAndDefaultsStandBehindThem() {
    Arguments arguments = parse("--input", "x", "--step=1e-3", "--columns", "u, v", "--kind", "b");
    assertThat(arguments.get(INPUT)).isEqualTo("x");
    assertThat(arguments.get(STEP)).isEqualTo(0.001);
    assertThat(arguments.get(COLUMNS)).containsExactly("u", "v");
    assertThat(arguments.find(KIND)).contains("b");
    assertThat(arguments.get(ROWS)).isEqualTo(10);
    assertThat(arguments.given(ROWS)).isFalse();
    assertThat(parse("--input", "x").find(KIND)).isEmpty();
  }

  @Test
  void aFlagStandsAloneOrWithItsValue() {
    assertThat(parse("--input", "x").get(FORCE)).isFalse();
    assertThat(parse("--force", "--input", "x").get(FORCE)).isTrue();
    assertThat(parse("--input", "x", "--force").get(FORCE)).isTrue();
    assertThat(parse("--force", "false", "--input", "x").get(FORCE)).isFalse();
    assertThat(parse("--force=true", "--input", "x").get(FORCE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rows 0 | --rows must be a whole number of at least 1, not 0",
        "--rows 1.5 | --rows must be a whole number of at least 1, not 1.5",
        "--rows 99999999999999999999 | --rows must be a whole number of at least 1, not 9999",
        "--step NaN | --step must be a number of at least 0, not NaN",
        "--step Infinity | --step must be a number of at least 0",
        "--step -1 | --step must be a number of at least 0, not -1",
        "--kind c | --kind must be one of a, b, not c",
        "--columns u,,v | --columns must be names with commas between them, not u,,v",
        "--force maybe | --force must be true or false, not maybe",
        "--rows --step 3 | --rows needs a value, but --step follows",
        "--rows | missing value after --rows",
        "--kind s3a://a:b@c/d | --kind has a password in it: set it in a file, by --properties-file",
        "--kind s3a://a:b/c+d@e/f | --kind has a password in it: set it in a file",
        "--kind hdfs://a:9000/b@c | --kind must be one of a, b, not hdfs://a:9000/b@c",
        "--rows 1 --rows 2 | --rows is given twice",
        "--row 3 | unknown option --row: did you mean --rows?",
        "--row=3 | unknown option --row: did you mean --rows?",
        "--zzzzzzzzzzzz 3 | unknown option --zzzzzzzzzzzz: --help lists the options",
        "stray | unknown argument 'stray'",
        "--step 1 | --input is missing (what is read; required)",
      })
  void whatIsWrongIsOneLineThatSaysWhatWouldBeRight(String args, String message) {
    assertThatThrownBy(() -> parse(args.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void helpShowsEveryOptionWithItsRangeAndDefault() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Optional<Arguments> arguments = line.parse(List.of("--help"), out);
    assertThat(arguments).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("tries something", "Usage: sparkae try")
        .contains("--input PATH", "what is read; required")
        .contains("how many (at least 1); default 10", "--kind a|b", "--conf-file FILE", "--force");
  }

  private String conf(String text) throws IOException {
    return Files.writeString(folder.resolve("try.conf"), text).toString();
  }

  @Test
  void theFileGivesOptionsAndTheCommandLineWins() throws IOException {
    String file =
        conf("input = x\nrows = 7 # seven\nstep = 0.25\ncolumns = [u, v]\nforce = true\n");
    Arguments arguments = parse("--conf-file", file, "--rows", "8");
    assertThat(arguments.get(INPUT)).isEqualTo("x");
    assertThat(arguments.get(ROWS)).isEqualTo(8);
    assertThat(arguments.get(STEP)).isEqualTo(0.25);
    assertThat(arguments.get(COLUMNS)).containsExactly("u", "v");
    assertThat(arguments.get(FORCE)).isTrue();
    assertThat(CommandLine.peek(KIND, List.of("--conf-file", conf("kind = b")))).contains("b");
    assertThat(CommandLine.peek(KIND, List.of("--kind", "a", "--conf-file", file))).contains("a");
  }

  @Test
  void editDistanceCountsInsertionsDeletionsAndSubstitutions() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.of("trian", List.of("ingest", "train", "info"))).contains("train");
    assertThat(Nearest.of("qqqqqqqqq", List.of("ingest", "train", "info"))).isEmpty();
  }
}
