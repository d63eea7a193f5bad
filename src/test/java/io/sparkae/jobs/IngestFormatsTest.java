package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.FeatureProvenance;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Files of each other format, well and badly written, through the command. */
class IngestFormatsTest extends IngestedFiles {
  @Test
  void libsvmStaysSparse() throws IOException {
    String input = file("a.svm", "1 3:0.5 1:2", "# remark", "", "2 2:1", "0");
    Dataset<Row> table = table("libsvm", input);
    assertThat(table.select("features").collectAsList())
        .extracting(row -> row.getAs(0))
        .allMatch(SparseVector.class::isInstance);
    assertThat(features(table))
        .containsExactly(new double[] {2, 0, 0.5}, new double[] {0, 1, 0}, new double[] {0, 0, 0});
    assertThat(labels(table)).containsExactly(1.0, 2.0, 0.0);
    assertThat(features(table("libsvm", input, "--width", "5")).get(0)).hasSize(5);
    Dataset<Row> scaled = table("libsvm", input, "--scale", "unit");
    assertThat(scaled.first().<Vector>getAs(0)).isInstanceOf(SparseVector.class);
    assertThat(features(scaled).get(0)).containsExactly(1, 0, 1);
  }

  @Test
  void malformedLibsvmIsRefusedWithItsPlace() throws IOException {
    String input = file("bad.svm", "1 1:1", "2 1:1 1:2");
    refused(ingest("libsvm", input, "no"), "bad.svm, line 2: index 1 stands there twice");
    String wide = file("wide.svm", "1 9:1");
    refused(ingest("libsvm", wide, "no", "--width", "4"), "at most 4, not 9");
    refused(ingest("libsvm", file("empty.svm", "# no rows"), "no"), "empty.svm has no rows");
  }

  @Test
  void aRangeOfTheRowsIsKeptAndScaledByItself() throws IOException {
    String input = file("a.amat", "1 0", "2 1", "6 0", "10 1", "20 0");
    Dataset<Row> first = table("amat", input, "--rows", "2");
    assertThat(features(first)).containsExactly(new double[] {1}, new double[] {2});
    assertThat(features(table("amat", input, "--first-row", "3")))
        .containsExactly(new double[] {10}, new double[] {20});
    Dataset<Row> middle =
        table("amat", input, "--first-row", "1", "--rows", "3", "--scale", "unit");
    assertThat(features(middle))
        .containsExactly(new double[] {0}, new double[] {0.5}, new double[] {1});
    assertThat(labels(middle)).containsExactly(1.0, 0.0, 1.0);
    refused(
        ingest("amat", input, "no", "--first-row", "3", "--rows", "3"),
        "there are 5 rows: not 3 of them from row 3 on, counted from 0");
    refused(
        ingest("amat", input, "no", "--first-row", "5"),
        "there are 5 rows: not any from row 5 on, counted from 0");
  }

  @Test
  void linesOfNumbersAreReadFromPlainGzipAndZipFiles() throws IOException {
    byte[] text = "1 2 0\n3 4 1\n".getBytes(StandardCharsets.UTF_8);
    Path gzip = folder.resolve("a.amat.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text);
    }
    Path zip = folder.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("train.amat"));
      out.write(text);
      out.putNextEntry(new ZipEntry("test.amat"));
      out.write("9 8 1\n".getBytes(StandardCharsets.UTF_8));
    }
    Dataset<Row> unzipped = table("amat", gzip.toString());
    assertThat(features(unzipped)).containsExactly(new double[] {1, 2}, new double[] {3, 4});
    assertThat(labels(unzipped)).containsExactly(0.0, 1.0);
    assertThat(features(table("amat", zip.toString(), "--member", "test.amat")))
        .containsExactly(new double[] {9, 8});
    refused(
        ingest("amat", zip.toString(), "no"),
        "a.zip has several members, train.amat and test.amat");
    refused(
        ingest("amat", zip.toString(), "no", "--member", "x"),
        "a.zip has no member x: its members are train.amat, test.amat");
    Dataset<Row> series = table("series", file("s.txt", "1 2.5 3", "", "2 4 5"));
    assertThat(features(series)).containsExactly(new double[] {2.5, 3}, new double[] {4, 5});
    assertThat(labels(series)).containsExactly(1.0, 2.0);
  }

  @Test
  void malformedLinesOfNumbersAreRefusedWithTheirPlace() throws IOException {
    refused(
        ingest("series", file("s.txt", "1 2 3", "1 2"), "no"),
        "s.txt, line 2: 2 numbers, where the first line has 3");
    refused(ingest("amat", file("w.amat", "1 2 3", "1 two 3"), "no"), "w.amat, line 2: feature 1");
    refused(ingest("amat", file("one.amat", "1"), "no"), "one.amat, line 1: one word");
    refused(ingest("amat", file("e.amat", ""), "no"), "e.amat has no rows");
    Path fake = folder.resolve("fake.zip");
    Files.writeString(fake, "1 2 3");
    refused(ingest("amat", fake.toString(), "no"), "fake.zip is no zip file");
  }

  private void picture(String name, int width, int height, int level) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, level);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  @Test
  void foldersOfImagesAreLabels() throws IOException {
    picture("in/dogs/b.png", 4, 2, 51);
    picture("in/dogs/a.png", 4, 2, 102);
    picture("in/cats/z.png", 4, 2, 255);
    Dataset<Row> table = table("images", path("in"), "--scale", "unit");
    assertThat(features(table)).extracting(row -> row[7]).containsExactly(1.0, 0.4, 0.2);
    assertThat(labels(table)).containsExactly(0.0, 1.0, 1.0);
    assertThat(
            ((NominalAttribute) Attribute.fromStructField(table.schema().apply("label")))
                .values()
                .get())
        .containsExactly("cats", "dogs");
    assertThat(FeatureProvenance.of(table.schema().apply("features")).orElseThrow().image())
        .contains(new FeatureProvenance.ImageShape(2, 4, 1));
    picture("in/cats/y.png", 6, 6, 204);
    refused(ingest("images", path("in"), "no"), "4 x 2", "6 x 6", "--size");
    Dataset<Row> resized =
        table("images", path("in"), "--size", "3x2", "--color", "rgb", "--scale", "unit");
    assertThat(features(resized)).allMatch(row -> row.length == 3 * 2 * 3);
    assertThat(features(resized).get(0)[0]).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void foldersThatAreNotOfImagesAreRefused() throws IOException {
    Files.createDirectories(folder.resolve("empty/a"));
    refused(ingest("images", path("empty"), "no"), "empty holds no images");
    picture("mixed/a/x.png", 2, 2, 0);
    picture("mixed/y.png", 2, 2, 0);
    refused(ingest("images", path("mixed"), "no"), "mixed holds both files and folders");
    picture("text/a/x.png", 2, 2, 0);
    file("text/a/y.txt", "not an image");
    refused(ingest("images", path("text"), "no"), "text/a/y.txt is no image");
    refused(ingest("images", path("text"), "no", "--size", "28"), "width and height such as 28x28");
  }
}
