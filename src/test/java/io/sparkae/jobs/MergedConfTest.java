package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --print-conf} shows, and that it can be fed back. */
class MergedConfTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  @Test
  void eachLineTellsWhereItsValueComesFrom() throws IOException {
    String first = file("first.conf", "epochs = 3\nhidden-layers = [20, 10]\n");
    String second =
        file(
            "second.conf",
            "\nepochs = 4\nspark.executor.memory = 4g\nspark.hadoop.fs.s3a.secret.key = xyz\n");
    Run run =
        succeed(
            "train",
            "--conf-file",
            first,
            "--batch-size",
            "64",
            "--conf-file",
            second,
            "--output",
            "a \"b\"#c",
            "--print-conf");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +#", " #")))
        .startsWith("# sparkae train --conf-file FILE takes this back")
        .contains(
            "model = autoencoder # default",
            "# input = # required, not given",
            "# validation = # not given",
            "output = \"a \\\"b\\\"#c\" # command line",
            "hidden-layers = [20, 10] # " + first + ": 2",
            "epochs = 4 # " + second + ": 2",
            "batch-size = 64 # command line",
            "tied-weights = false # default")
        .endsWith(
            "spark {",
            "  executor.memory = \"4g\" # " + second + ": 3",
            " # hadoop.fs.s3a.secret.key is not shown # " + second + ": 4",
            "}");
    assertThat(run.out()).doesNotContain("conf-file =", "print-conf");
  }

  @Test
  void whatSparkIsToldNotToShowIsNotShown() throws IOException {
    String told =
        file(
            "told.conf",
            "spark { \"redaction.regex\" = \"(?i)hush|my[.]pin\" }\n"
                + "spark { \"my.pin\" = zero }\n"
                + "spark.my.hush.word = one\n"
                + "spark.my.pass-password = two\n"
                + "spark.my.options = \"-Dtrust.Password=three\"\n"
                + "spark.my.other = \"hush four\"\n"
                + "spark.my.plain = five\n");
    String out = succeed("train", "--conf-file", told, "--print-conf").out();
    assertThat(out)
        .doesNotContain("zero", "one\"", "two", "three", "four")
        .contains(
            "# my.hush.word is not shown",
            "my.plain = \"five\"",
            "redaction.regex\" = \"(?i)hush|my[.]pin\"");
    String wrong = file("wrong.conf", "spark.redaction.regex = \"(\"\n");
    Run refused = Run.of("train", "--conf-file", wrong, "--print-conf");
    assertThat(refused.code()).isEqualTo(Main.USAGE);
    assertThat(refused.err())
        .contains("spark.redaction.regex in a conf file must be a regular expression: (");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest --format csv --input a,b --no-header --features u,v --delimiter ;",
        "generate --set digits --seed 7 --output 007",
        "train --input null --output true --hidden-layers  --step-size 1e-4 --tied-weights",
        "encode --model m --input 1 --output x --error-col e",
        "evaluate --model m --input out/train --json",
        "classify --train t --test u --reg-param 0.5",
        "report --model a,b --output r.html",
        "bench --input x",
        "info",
        "quickstart --offline"
      })
  void fedBackItIsTheSame(String words) throws IOException {
    List<String> args = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
    args.add("--print-conf");
    Run first = succeed(args.toArray(String[]::new));
    String file = file("printed.conf", first.out());
    Run second = succeed(args.get(0), "--conf-file", file, "--print-conf");
    assertThat(withoutComments(second)).isEqualTo(withoutComments(first)).isNotEmpty();
    Map<String, ConfFile.Setting> settings = ConfFile.read(List.of(file)).settings();
    for (int i = 1; i + 1 < args.size(); i++) {
      if (args.get(i).startsWith("--")) {
        String next = args.get(i + 1);
        assertThat(settings.get(args.get(i).substring(2)).value())
            .isEqualTo(next.startsWith("--") ? "true" : next);
      }
    }
  }

  private static List<String> withoutComments(Run run) {
    return run.out().lines().map(line -> line.replaceAll(" *#.*", "")).toList();
  }

  @Test
  void fedBackItGivesTheSameRun() throws IOException {
    String csv = file("rows.csv", "a;b;c;kind\n1;2;3;x\n2;1;0;y\n0;1;1;x\n3;3;1;y\n1;0;2;x\n");
    String[] ingest = {
      "ingest",
      "--format",
      "csv",
      "--input",
      csv,
      "--delimiter",
      ";",
      "--label",
      "kind",
      "--scale",
      "standard"
    };
    twice("table", ingest);
    assertThat(LocalSpark.session().read().parquet(path("table-again")).collectAsList())
        .isEqualTo(LocalSpark.session().read().parquet(path("table")).collectAsList())
        .hasSize(5);
    twice("model", "train", "--input", path("table"), "--code-size", "2", "--epochs", "3");
    Run first = succeed("evaluate", "--model", path("model"), "--input", path("table"), "--json");
    Run second =
        succeed("evaluate", "--model", path("model-again"), "--input", path("table"), "--json");
    assertThat(second.json()).isEqualTo(first.json());
  }

  /** Runs a command, and once more from what it prints, to another output. */
  private void twice(String output, String... args) throws IOException {
    List<String> first = new ArrayList<>(Arrays.asList(args));
    first.addAll(List.of("--output", path(output)));
    succeed(first.toArray(String[]::new));
    first.add("--print-conf");
    String printed = file(output + ".conf", succeed(first.toArray(String[]::new)).out());
    succeed(args[0], "--conf-file", printed, "--output", path(output + "-again"));
  }

  @Test
  void whatIsWrongIsRefusedAsEver() throws IOException {
    Run unknown = Run.of("train", "--conf-file", file("a.conf", "epoch = 3"), "--print-conf");
    assertThat(unknown.code()).isEqualTo(Main.USAGE);
    assertThat(unknown.err()).contains("a.conf: 1: unknown option epoch: did you mean epochs?");
    Run inside = Run.of("train", "--conf-file", file("b.conf", "print-conf = true"));
    assertThat(inside.code()).isEqualTo(Main.USAGE);
    assertThat(inside.err()).contains("b.conf: 1: unknown option print-conf");
  }
}
