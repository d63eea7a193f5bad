package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.DrawnDigits;
import io.sparkae.data.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertRefused(Run run, String... parts) {
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("sparkae generate: ").contains(parts);
  }

  private Run digits(String... more) {
    String[] args = {
      "generate", "--set", "digits", "--rows", "25", "--first-row", "7", "--seed", "3"
    };
    return Run.of(Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  @Test
  void rowsOfTheSetBecomeATableAndTheFirstOfThemAPicture() throws IOException {
    Run run =
        digits(
            "--output", path("table"), "--partitions", "2", "--preview", path("preview/first.png"));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(path("table") + ": 25 rows of digits", path("preview"));
    List<Row> rows = LocalSpark.session().read().parquet(path("table")).collectAsList();
    BufferedImage picture = ImageIO.read(folder.resolve("preview/first.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(2 * (20 * 29 + 1));
    assertThat(picture.getHeight()).isEqualTo(2 * (2 * 29 + 1));
    DrawnDigits digits = new DrawnDigits(3);
    double[] pixels = new double[DrawnDigits.PIXELS];
    for (int i = 0; i < 25; i++) {
      assertThat(rows.get(i).getDouble(1)).isEqualTo(digits.draw(7 + i, pixels));
      assertThat(rows.get(i).<Vector>getAs(0).toArray()).isEqualTo(pixels);
      for (int pixel = 0; pixel < pixels.length; pixel++) {
        int x = 2 * (1 + i % 20 * 29 + pixel % 28);
        int y = 2 * (1 + i / 20 * 29 + pixel / 28);
        assertThat(picture.getRGB(x, y) & 0xFF).isEqualTo((int) Math.round(255 * pixels[pixel]));
      }
    }
    try (var files = Files.list(folder.resolve("preview"))) {
      assertThat(files).containsExactly(folder.resolve("preview/first.png"));
    }
  }

  @Test
  void whatIsThereIsReplacedOnlyWhenAskedTo() throws IOException {
    Path picture = Files.writeString(folder.resolve("mine.png"), "mine");
    String[] options = {"--output", path("table"), "--preview", picture.toString()};
    assertRefused(digits(options), "--preview " + picture + " exists", "--overwrite");
    assertThat(picture).hasContent("mine");
    assertThat(folder.resolve("table")).doesNotExist();
    assertThat(
            digits("--output", path("table"), "--preview", picture.toString(), "--overwrite")
                .code())
        .isZero();
    assertThat(ImageIO.read(picture.toFile())).isNotNull();
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsWritten() throws IOException {
    assertRefused(
        Run.of("generate", "--set", "circles", "--output", path("table")),
        "--set must be one of rect, convex, digits, basic, rot,",
        "not circles");
    assertRefused(Run.of("generate", "--output", path("table")), "--set is missing");
    assertRefused(
        digits("--output", path("table"), "--preview", path("first.jpg")),
        "--preview must be a file that ends in .png, not " + path("first.jpg"));
    assertRefused(
        digits("--output", path("table"), "--preview", path("table/first.png")), "overlap");
    assertRefused(digits("--output", path("table"), "--rows", "0"), "--rows must be");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
