package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.io.FileUtils;

/** Changed conf files, constants of plan and logs of trials are read, or refused in one line. */
class SettingsFuzzTest {
  private static final List<Option<?>> OPTIONS =
      List.of(
          Common.input("what is read"),
          Option.wholeNumber("rows", 1, "how many").withDefault("10"),
          Option.smallNumber("epochs", 1, "how often").withDefault("10"),
          Option.number("step", 0, "how far").withDefault("0.5"),
          Option.names("columns", "where"),
          Option.choice("kind", List.of("a", "b"), "what"),
          Option.flag("force", "anyway"),
          CommandLine.CONF_FILE);

  private static final List<String> CONFS =
      List.of(
          "input = out/007 # a comment\nrows: 007, step = 1e-3\ncolumns = [u, 1, v]\n",
          "{ \"rows\": 7, \"force\": true, kind: a }",
          "base = x\ninput = ${base}/y\nrows = ${?NO_SUCH}\nrows = 8",
          "include \"base.conf\"\nepochs = 3\n",
          "spark { executor.memory = 2g, \"a.b\" = [1, 2], c { d = ${rows} } }\nrows = 3\n",
          "input = \"\"\"a \"long\" text\"\"\"\nstep = .5\ncolumns = a,b\n");

  private static final long CONF_BYTES = 20_000_000;

  /** More for each cube of a thousand bytes: keys that are given again and again. */
  private static final long CONF_BYTES_MORE = 1_000_000;

  private static final long JSON_BYTES = 4_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("fuzzed");
    Files.writeString(folder.resolve("base.conf"), "rows = 7\nstep = 2\n");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  private static String file(String name, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Files.write(folder.resolve(name), bytes).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<String> confs() {
    return Mutants.ofTexts(CONFS);
  }

  @Fuzzed
  void confFileIsReadOrRefused(@ForAll("confs") String text) throws Exception {
    String file = file("a.conf", text);
    Optional<ConfFile> read =
        Outcome.of(
            () -> {
              ConfFile conf = ConfFile.read(List.of(file));
              conf.check(OPTIONS);
              return conf;
            },
            UsageException.class,
            folder.toString(),
            CONF_BYTES + (long) (CONF_BYTES_MORE * Math.pow(text.length() / 1e3, 3)));
    if (read.isPresent()) {
      Map<String, ConfFile.Setting> settings = read.get().settings();
      for (Option<?> option : OPTIONS) {
        if (settings.containsKey(option.name())) {
          assertThat(option.read(settings.get(option.name()).value())).isNotNull();
          assertThat(settings.get(option.name()).origin()).startsWith(folder.toString());
        }
      }
      assertThat(settings.keySet()).isSubsetOf(OPTIONS.stream().map(Option::name).toList());
    }
  }

  @Example
  void confFileNestedWithoutEndIsRefused() throws Exception {
    for (String open : List.of("rows = [", "{rows:", "a.", "a {", "rows += [")) {
      String file = file("deep.conf", open.repeat(20_000) + "a = 1");
      Outcome.refused(
          () -> ConfFile.read(List.of(file)), UsageException.class, folder.toString(), 1L << 30);
    }
  }

  @Provide
  Arbitrary<String> constants() throws IOException {
    return Mutants.ofTexts(
        List.of(
            JSON.writeValueAsString(CostConstants.REFERENCE.asMap()),
            JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(CostConstants.REFERENCE.asMap())));
  }

  @Fuzzed
  void constantsAreReadOrRefused(@ForAll("constants") String text) throws Exception {
    Optional<CostConstants> read =
        Outcome.of(() -> CostConstants.parse(text), IllegalArgumentException.class, "", JSON_BYTES);
    if (read.isPresent()) {
      JsonNode fields = JSON.readTree(text);
      read.get()
          .asMap()
          .forEach((name, value) -> assertThat(fields.get(name).isNumber()).as(name).isTrue());
      read.get()
          .asMap()
          .forEach((name, value) -> assertThat(fields.get(name).asDouble()).isEqualTo(value));
    }
  }

  @Example
  void fileOfSomebodyElseIsNoLogAndStaysAsItIs() throws Exception {
    for (String text : List.of("my diary, one line", "{\"name\": 1}", "a\nb\n{\"set\":1}")) {
      Path file = Path.of(file("diary.txt", text));
      Outcome.refused(
          () -> new TrialLog(file), UsageException.class, file + ": line 1 is no", JSON_BYTES);
      assertThat(file).hasContent(text);
    }
    Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, '\n'});
    Outcome.refused(
        () -> new TrialLog(bytes), UsageException.class, bytes + ": is no text", JSON_BYTES);
  }

  private static String line(String column, int width) throws IOException {
    Trial trial =
        new Trial(
            column,
            new Trial.Pretraining(width, 0.1, 20, 0.05, 10),
            new Trial.Tuning(0.5, 0.01, 100, 5),
            -3);
    return JSON.writeValueAsString(
            new TrialLog.Entry("basic", trial, new Trial.Result(3.5, 4.25, 7, 12.5, 50_000)))
        + "\n";
  }

  @Provide
  Arbitrary<String> logs() throws IOException {
    return Mutants.ofTexts(
        List.of(line("SAE-3", 1000), line("DBN-1", 500) + line("SdA-3", 2000), ""));
  }

  /** 12 and 12.0 are the same number. */
  private static int compare(JsonNode left, JsonNode right) {
    return left.equals(right)
            || left.isNumber() && right.isNumber() && left.asDouble() == right.asDouble()
        ? 0
        : 1;
  }

  @Fuzzed
  void logOfTrialsIsReadOrRefused(@ForAll("logs") String text) throws Exception {
    Path file = Path.of(file("trials.jsonl", text));
    Optional<TrialLog> read =
        Outcome.of(() -> new TrialLog(file), UsageException.class, file.toString(), JSON_BYTES);
    if (read.isPresent()) {
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      assertThat(Files.readString(file))
          .isEqualTo(new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      try (Stream<String> lines = whole.lines()) {
        for (String line : lines.toList()) {
          TrialLog.Entry entry = JSON.readValue(line, TrialLog.Entry.class);
          JsonNode written = JSON.valueToTree(entry);
          assertThat(written.equals(SettingsFuzzTest::compare, JSON.readTree(line)))
              .as(line)
              .isTrue();
        }
      }
    }
  }
}
