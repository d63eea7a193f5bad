package io.sparkae.jobs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import io.sparkae.ml.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of the folder conf, at work on a little of the data that it is for. */
class ConfFolderTest {
  private static final Path CONF = Path.of("conf");

  /** The tables that the files of train are for. */
  private static final Map<String, String> TABLES =
      Map.ofEntries(
          entry("deep-autoencoder.conf", "digits"),
          entry("autoencoder-2d.conf", "digits"),
          entry("shallow.conf", "digits"),
          entry("tied.conf", "digits"),
          entry("linear.conf", "digits"),
          entry("lbfgs.conf", "digits"),
          entry("sparse.conf", "digits"),
          entry("k-sparse.conf", "digits"),
          entry("denoising.conf", "digits"),
          entry("contractive.conf", "digits"),
          entry("rbm.conf", "digits"),
          entry("stacked.conf", "digits"),
          entry("dbn.conf", "digits"),
          entry("encoder-classifier.conf", "digits"),
          entry("vae.conf", "digits"),
          entry("iwae.conf", "digits"),
          entry("adversarial.conf", "digits"),
          entry("gan.conf", "digits"),
          entry("dense-classifier.conf", "digits"),
          entry("table.conf", "table"),
          entry("word-counts.conf", "words"));

  /** What makes a training short, where it is not one epoch. */
  private static final Map<String, List<String>> SHORT =
      Map.of(
          "lbfgs.conf", List.of("--max-iter", "1"),
          "dbn.conf", List.of("--layer-epochs", "1", "--epochs", "1"),
          "encoder-classifier.conf", List.of("--head-epochs", "1", "--epochs", "1"));

  @TempDir private static Path folder;

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run succeed(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  @BeforeAll
  static void makeTables() throws IOException {
    LocalSpark.session();
    succeed("generate", "--set", "digits", "--rows", "60", "--output", path("digits"));
    Random random = new Random(1);
    StringBuilder table = new StringBuilder("a,b,c,d,e,f,g,h\n");
    StringBuilder words = new StringBuilder();
    for (int row = 0; row < 60; row++) {
      double[] values = random.doubles(7).toArray();
      for (double value : values) {
        table.append(value).append(',');
      }
      table.append(values[0] - values[1]).append('\n');
      words.append(row % 3);
      for (int word = 1 + random.nextInt(90); word <= 2000; word += 1 + random.nextInt(90)) {
        words.append(' ').append(word).append(":").append(1 + random.nextInt(3));
      }
      words.append('\n');
    }
    String csv = Files.writeString(folder.resolve("rows.csv"), table).toString();
    String counts = Files.writeString(folder.resolve("rows.svm"), words).toString();
    ingest("--format", "csv", "--input", csv, "--scale", "standard", "--output", path("table"));
    ingest("--format", "libsvm", "--input", counts, "--width", "2000", "--output", path("words"));
  }

  private static void ingest(String... args) {
    succeed(Stream.concat(Stream.of("ingest"), Stream.of(args)).toArray(String[]::new));
  }

  static Stream<String> filesOfTrain() {
    return TABLES.keySet().stream().sorted();
  }

  @Test
  void everyFileIsTried() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
          .containsAll(TABLES.keySet())
          .allMatch(
              name ->
                  TABLES.containsKey(name)
                      || name.equals("classify-codes.conf")
                      || name.equals("cluster.conf"));
    }
  }

  @ParameterizedTest
  @MethodSource("filesOfTrain")
  void aModelIsTrainedOnItsKindOfData(String name) throws IOException {
    String table = TABLES.get(name);
    String model = path(name);
    List<String> command =
        new ArrayList<>(List.of("train", "--conf-file", CONF.resolve(name).toString()));
    command.addAll(SHORT.getOrDefault(name, List.of("--epochs", "1")));
    command.addAll(List.of("--input", path(table), "--output", model));
    if (name.equals("encoder-classifier.conf")) {
      String encoder = path("encoder");
      succeed(
          "train",
          "--code-size",
          "4",
          "--epochs",
          "1",
          "--input",
          path(table),
          "--output",
          encoder);
      command.addAll(List.of("--encoder", encoder));
    }
    succeed(command.toArray(String[]::new));
    TrainedModel trained =
        (TrainedModel) DefaultParamsReader.loadParamsInstance(model, LocalSpark.session());
    assertThat(trained.summary().orElseThrow().objectiveHistory()).hasSize(1);
    Run measured = succeed("evaluate", "--model", model, "--input", path(table), "--json");
    assertThat(measured.json().get("rows").intValue()).isEqualTo(60);
  }

  @Test
  void codesAreClassified() {
    String model = path("classified");
    String digits = path("digits");
    String codes = path("codes");
    String conf = CONF.resolve("classify-codes.conf").toString();
    succeed("train", "--code-size", "4", "--epochs", "1", "--input", digits, "--output", model);
    succeed("encode", "--model", model, "--input", digits, "--output", codes);
    succeed("classify", "--conf-file", conf, "--train", codes, "--test", codes, "--json");
  }
}
