package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.data.FilesInMemory;
import io.sparkae.data.IdxFiles;
import io.sparkae.data.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate} with sets that are made of files, and in parts. */
class GenerateSetsTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @BeforeEach
  void writeDigits() throws IOException {
    Path mnist = Files.createDirectories(folder.resolve("data/mnist"));
    Files.write(mnist.resolve(Mnist.TRAIN_IMAGES), IdxFiles.digits(0, 40));
    Files.write(mnist.resolve(Mnist.TRAIN_LABELS), IdxFiles.labels(40));
    Files.write(mnist.resolve(Mnist.TEST_IMAGES), IdxFiles.digits(40, 20));
    Files.write(mnist.resolve(Mnist.TEST_LABELS), IdxFiles.labels(20));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Run generate(String set, String... more) {
    String[] args = {"generate", "--set", set, "--seed", "3"};
    return Run.of(Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private List<Row> rows(String table) {
    return LocalSpark.session().read().parquet(path(table)).collectAsList();
  }

  private static void assertMade(Run run) {
    assertThat(run.err().lines().filter(line -> !line.startsWith("digits: MNIST from"))).isEmpty();
    assertThat(run.code()).isZero();
  }

  private static void assertRefused(Run run, String... parts) {
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().lines().filter(line -> !line.startsWith("digits: MNIST from"))).hasSize(1);
    assertThat(run.err()).contains("sparkae generate: ").contains(parts);
  }

  @Test
  void partsAreTablesOfTheirSizesThatShareNoDigit() throws IOException {
    Run run =
        generate(
            "basic",
            "--mnist",
            path("data"),
            "--parts",
            "20,5,35",
            "--output",
            path("basic"),
            "--preview",
            path("basic.png"));
    assertMade(run);
    assertThat(run.out().lines())
        .contains(
            path("basic/train") + ": 20 rows of basic",
            path("basic/validation") + ": 5 rows of basic",
            path("basic/test") + ": 35 rows of basic");
    List<Row> together = new ArrayList<>();
    Map<String, Integer> sizes = Map.of("train", 20, "validation", 5, "test", 35);
    for (String part : List.of("train", "validation", "test")) {
      assertThat(rows("basic/" + part)).hasSize(sizes.get(part));
      together.addAll(rows("basic/" + part));
    }
    assertThat(together).doesNotHaveDuplicates();
    generate("basic", "--mnist", path("data"), "--rows", "60", "--output", path("one"));
    assertThat(rows("one")).isEqualTo(together);
    BufferedImage picture = ImageIO.read(folder.resolve("basic.png").toFile());
    double[] first = together.get(0).<Vector>getAs(0).toArray();
    for (int i = 0; i < first.length; i++) {
      int shown = picture.getRGB(2 * (1 + i % 28), 2 * (1 + i / 28)) & 0xff;
      assertThat(shown).isEqualTo((int) Math.round(255 * first[i]));
    }
  }

  @Test
  void setsOnPicturesAreMadeFromAFolder() throws IOException {
    Files.createDirectory(folder.resolve("photos"));
    byte[] picture = FilesInMemory.png(40, 40, (x, y) -> (x * y + 31 * x) % 256);
    Files.write(folder.resolve("photos/a.png"), picture);
    String[] options = {"--pictures", path("photos"), "--parts", "3,2,1", "--output", path("set")};
    assertMade(generate("rect-img", options));
    assertThat(rows("set/train")).hasSize(3);
    Files.write(folder.resolve("photos/b.png"), FilesInMemory.png(40, 27, (x, y) -> x * y % 256));
    Run run =
        generate(
            "rect-img", "--pictures", path("photos"), "--rows", "50", "--output", path("other"));
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("b.png is 40 x 27 pixels, smaller than a patch of 28 x 28");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void partsReplaceOlderPartsWhenAskedToAndNothingElse() throws IOException {
    String[] options = {"--parts", "3,2,1", "--output", path("set")};
    assertMade(generate("convex", options));
    assertRefused(
        generate("convex", options), "--output " + path("set") + " exists", "--overwrite");
    String[] other = {"--parts", "4,2,1", "--output", path("set"), "--overwrite"};
    assertMade(generate("rect", other));
    assertThat(rows("set/train")).hasSize(4);
    assertRefused(
        generate("rect", "--output", path("set"), "--overwrite"),
        path("set") + " holds test, which is never replaced");
    Files.writeString(folder.resolve("set/test/notes"), "mine");
    assertRefused(
        generate("rect", other),
        path("set") + " has in test what holds notes, which is never replaced");
    Files.delete(folder.resolve("set/test/notes"));
    Files.createDirectory(folder.resolve("set/model"));
    assertRefused(generate("rect", other), "which is never replaced");
    assertThat(rows("set/test")).hasSize(1);
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefusedBeforeAnythingIsWritten() throws IOException {
    String out = path("set");
    assertRefused(
        generate("basic", "--rows", "3", "--parts", "1,1,1", "--output", out),
        "--rows and --parts exclude each other: give one of them");
    assertRefused(
        generate("digits", "--parts", "paper", "--output", out),
        "--parts paper: the paper has no set digits: give three numbers of rows");
    assertRefused(
        generate("basic", "--first-row", "" + Long.MAX_VALUE, "--output", out),
        "--first-row must be at most 1152921504606846976, not 9223372036854775807");
    for (String parts : new String[] {"1,2", "1,0,3", "1,2,x", "1,2,3,4"}) {
      assertRefused(
          generate("convex", "--parts", parts, "--output", out),
          "--parts must be paper or three whole numbers of at least 1 with commas between them, not "
              + parts);
    }
    assertRefused(
        generate("convex", "--mnist", path("data"), "--output", out),
        "--mnist is for --set basic, rot, bg-rand, bg-img, rot-bg-img, not convex");
    assertRefused(
        generate("rot", "--pictures", path("data"), "--output", out),
        "--pictures is for --set bg-img, rot-bg-img, rect-img, not rot");
    assertRefused(
        generate("bg-img", "--output", out),
        "--pictures is missing: --set bg-img cuts patches from a folder of pictures");
    assertRefused(
        generate("rect-img", "--pictures", path("nowhere"), "--output", out),
        "--pictures " + path("nowhere") + " does not exist");
    assertRefused(
        generate("rect-img", "--pictures", path("data/mnist"), "--output", path("data/mnist/set")),
        "overlap");
    assertRefused(
        generate("rot", "--mnist", path("nowhere"), "--output", out),
        "--mnist " + path("nowhere") + " has not all of MNIST: ",
        Mnist.TRAIN_IMAGES + " is missing");
    assertRefused(
        generate("rot", "--mnist", path("data"), "--output", out),
        "rot has 60 rows, as many as there are digits: not 62000: ask for fewer by");
    assertThat(folder.resolve("set")).doesNotExist();
  }

  @Test
  void basicOfMnistHasThePapersParts() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    assumeThat(Path.of(data, "mnist"))
        .as("SPARKAE_DATA has a folder mnist: skipped without it")
        .isDirectory();
    assertMade(generate("basic", "--output", path("basic")));
    assertThat(rows("basic/train")).hasSize(10_000);
    assertThat(rows("basic/validation")).hasSize(2_000);
    assertThat(LocalSpark.session().read().parquet(path("basic/test")).count()).isEqualTo(50_000);
  }
}
