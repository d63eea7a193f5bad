package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.data.FilesInMemory;
import io.sparkae.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/** The commands of the README work as they are written. */
class ReadmeTest {
  @TempDir private Path folder;

  /** The blocks of code under a heading, continued lines joined. */
  private static List<String> blocks(String heading) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## " + heading + "\n") + 1);
    int next = section.indexOf("\n## ");
    String[] parts = section.substring(0, next < 0 ? section.length() : next).split("```");
    return IntStream.range(0, parts.length / 2)
        .mapToObj(i -> parts[2 * i + 1].replace("\\\n", " "))
        .toList();
  }

  /** The commands of the first of these blocks, without {@code jobs/sparkae}. */
  private static List<String> commands(String heading) throws IOException {
    return blocks(heading)
        .get(0)
        .lines()
        .filter(line -> line.startsWith("jobs/sparkae "))
        .map(line -> line.substring("jobs/sparkae ".length()))
        .toList();
  }

  private void run(String command) {
    String[] args =
        Arrays.stream(command.replace("'", "").strip().split("\\s+"))
            .map(word -> word.startsWith("out/") ? folder.resolve(word).toString() : word)
            .toArray(String[]::new);
    Run run = Run.of(args);
    assertThat(run.code()).as("%s: %s", command, run.err()).isZero();
  }

  @Test
  void commandsForYourOwnDataWork() throws IOException {
    LocalSpark.session();
    Random random = new Random(5);
    String rows =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    random.nextGaussian()
                        + ","
                        + 100 * random.nextGaussian()
                        + ","
                        + (i % 3 == 0 ? "odd" : "usual")
                        + ","
                        + i)
            .collect(Collectors.joining("\n", "x,y,kind,z\n", "\n"));
    for (String name : List.of("my.csv", "new.csv")) {
      Files.writeString(folder.resolve(name), rows);
    }
    List<String> commands = commands("Your own data");
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      run(
          command
              .replace(" my.csv", " " + folder.resolve("my.csv"))
              .replace(" new.csv", " " + folder.resolve("new.csv")));
    }
    assertThat(folder.resolve("out/my-model/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("out/my-report.html")).isNotEmptyFile();
  }

  /** With small parts and few rows: those of the paper take a minute each. */
  @Test
  void commandsForSetsToCompareOnWork() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    LocalSpark.session();
    Path photos = Files.createDirectory(folder.resolve("photos"));
    byte[] picture = FilesInMemory.png(60, 40, (x, y) -> (x * y + 31 * x) % 256);
    Files.write(photos.resolve("photo.png"), picture);
    List<String> commands = commands("Sets to compare on");
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      String few = command.startsWith("generate") ? " --parts 20,5,30" : "";
      String rows = command.contains("rectangles_test") ? " --rows 300" : "";
      run(
          command
                  .replace(" --parts paper", "")
                  .replace(" my-photos", " " + photos)
                  .replace(" rectangles.zip", " " + Path.of(data, "rectangles", "rectangles.zip"))
              + few
              + rows);
    }
    assertThat(count("out/rot/test")).isEqualTo(30);
    assertThat(count("out/rect/train")).isEqualTo(1000);
    assertThat(count("out/rect/validation")).isEqualTo(200);
    assertThat(folder.resolve("out/rot.png")).isNotEmptyFile();
  }

  private long count(String table) {
    return LocalSpark.session().read().parquet(folder.resolve(table).toString()).count();
  }

  @Test
  void commandsForNewRowsWork() throws IOException {
    LocalSpark.session();
    run("generate --set digits --rows 60 --output out/train");
    run("generate --set digits --rows 20 --output out/test");
    List<String> commands = commands("New rows from codes");
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      run(command.startsWith("train") ? command + " --epochs 1" : command);
    }
    assertThat(folder.resolve("out/samples/samples.png")).isNotEmptyFile();
  }

  @Test
  void commandsForRestoringRowsWork() throws IOException {
    LocalSpark.session();
    run("generate --set digits --rows 60 --output out/train");
    run("generate --set digits --rows 20 --output out/test");
    List<String> commands = commands("Restoring rows");
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      run(command.startsWith("train") ? command + " --epochs 1" : command);
    }
    assertThat(folder.resolve("out/restored/restored.png")).isNotEmptyFile();
    assertThat(folder.resolve("out/cleaned/restored.png")).isNotEmptyFile();
  }

  @Test
  void commandsForConfigurationFilesWork() throws IOException {
    List<String> commands = commands("Configuration files");
    assertThat(commands).hasSize(1);
    commands.forEach(this::run);
  }

  /** As far as they can be read without a cluster; ClusterIT submits the first one's command. */
  @Test
  void theSubmissionsToClustersAreOnesThatSparkAndTheCommandsUnderstand() throws IOException {
    List<String> submissions =
        blocks("On a cluster")
            .get(1)
            .lines()
            .filter(line -> line.startsWith("spark-submit "))
            .map(line -> line.substring("spark-submit ".length()))
            .toList();
    assertThat(submissions).hasSize(3);
    for (String submission : submissions) {
      SparkSubmitArguments read =
          new SparkSubmitArguments(
              CollectionConverters.asScala(List.of(submission.split("\\s+"))).toSeq(),
              Map$.MODULE$.from(
                  CollectionConverters.asScala(Map.of("HADOOP_CONF_DIR", folder.toString()))));
      assertThat(read.mainClass()).isEqualTo(Main.class.getName());
      assertThat(read.primaryResource())
          .matches(".*/J|local:///opt/sparkae/spark-autoencoders-0.1.0-job.jar");
      assertThat(read.executorCores()).isEqualTo("8");
      List<String> words = new ArrayList<>(CollectionConverters.asJava(read.childArgs()));
      words.add("--print-conf");
      Run run = Run.of(words.toArray(String[]::new));
      assertThat(run.code()).as("%s: %s", submission, run.err()).isZero();
    }
  }

  @Test
  void theJavaOfAPipelineCompilesAndFits() throws Exception {
    SparkSession spark = LocalSpark.session();
    run("generate --set digits --rows 60 --output out/digits");
    Dataset<Row> train =
        spark.read().parquet(folder.resolve("out/digits").toString()).coalesce(1).cache();
    String model = folder.resolve("pipeline").toString();
    String java = blocks("In a Pipeline").get(0).substring("java\n".length());
    assertThat(java).contains(".save(\"model\")");
    compiled(java.replace("\"model\"", "\"" + model + "\"")).invoke(null, train);
    assertThat(PipelineModel.load(model).transform(train).columns()).contains("code", "prediction");
  }

  /** The method of the table {@code train} that statements with imports above them are. */
  private Method compiled(String java) throws Exception {
    int body = java.lastIndexOf("import ");
    body = java.indexOf('\n', body) + 1;
    Path source = folder.resolve("Readme.java");
    Files.writeString(
        source,
        java.substring(0, body)
            + "public class Readme { public static void run("
            + "org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> train)"
            + " throws java.io.IOException {\n"
            + java.substring(body)
            + "}}\n");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return loader.loadClass("Readme").getMethod("run", Dataset.class);
    }
  }

  /** With one epoch on a few drawn digits. */
  @ParameterizedTest
  @CsvSource({"'Penalties, noise and sparse codes', 4", "Restricted Boltzmann machines, 3"})
  void commandsForModelsOfOneLayerWork(String section, int count) throws IOException {
    LocalSpark.session();
    run("generate --set digits --rows 60 --output out/train");
    run("generate --set digits --rows 20 --seed 2 --output out/test");
    List<String> commands = commands(section);
    assertThat(commands).hasSize(count);
    for (String command : commands) {
      run(command.startsWith("train") ? command + " --epochs 1" : command);
    }
  }

  /** With one epoch on a few drawn digits. */
  @Test
  void commandsForPretrainingWork() throws IOException {
    LocalSpark.session();
    run("generate --set digits --rows 60 --output out/train");
    run("generate --set digits --rows 20 --seed 2 --output out/test");
    List<String> commands = commands("Pretraining layer by layer");
    assertThat(commands).hasSize(4);
    Map<String, String> once =
        Map.of(
            "stacked.conf", " --epochs 1",
            "encoder-classifier.conf", " --head-epochs 1 --epochs 1",
            "dbn.conf", " --layer-epochs 1 --epochs 1");
    for (String command : commands) {
      String few =
          once.entrySet().stream()
              .filter(conf -> command.contains("/" + conf.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("");
      run(command + few);
    }
    assertThat(folder.resolve("out/classifier/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("out/dbn/report.html")).isNotEmptyFile();
  }

  /** With one epoch, and a second of measuring: the full run takes minutes. */
  @Test
  void commandsForMnistWork() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    LocalSpark.session();
    List<String> commands = commands("From the command line");
    assertThat(commands).hasSize(9);
    for (String command : commands) {
      run(
          command
              .replace(" $D/", " " + Path.of(data, "mnist") + "/")
              .replace("--epochs 10", "--epochs 1")
              .replace("--seconds 20", "--seconds 1"));
    }
  }
}
