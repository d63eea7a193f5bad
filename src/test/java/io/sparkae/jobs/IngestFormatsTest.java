package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.FeatureProvenance;
import io.sparkae.data.LocalSpark;
import io.sparkae.data.ParquetSource;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.spark.Tables;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of each text format, well and badly written, through the command. */
class IngestFormatsTest {
  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    LocalSpark.session();
  }

  private String file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
    return file.toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Run ingest(String format, String input, String output, String... more) {
    List<String> args =
        Stream.concat(
                Stream.of("ingest", "--format", format, "--input", input, "--output", path(output)),
                Arrays.stream(more))
            .toList();
    return Run.of(args.toArray(String[]::new));
  }

  private Dataset<Row> table(String format, String input, String... more) throws IOException {
    String output = "table-" + System.nanoTime();
    Run run = ingest(format, input, output, more);
    assertThat(run.code()).as(run.err()).isZero();
    return read(path(output));
  }

  /** One line that holds all of {@code parts}, and no output. */
  private void refused(Run run, String... parts) {
    assertThat(run.code()).isNotZero();
    assertThat(run.err().lines().filter(line -> line.startsWith("sparkae ingest: ")))
        .singleElement()
        .asString()
        .contains(parts)
        .doesNotContain("Exception", "SQLSTATE");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  /** In the order in which it was written. */
  private static Dataset<Row> read(String path) throws IOException {
    return ParquetSource.read(LocalSpark.session(), path);
  }

  private static List<double[]> features(Dataset<Row> table) {
    return table.select("features").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }

  private static List<Double> labels(Dataset<Row> table) {
    return table.select("label").collectAsList().stream().map(row -> row.getDouble(0)).toList();
  }

  @Test
  void csvTakesItsNumbersAsFeaturesAndWordsAsLabels() throws IOException {
    String input = file("a.csv", "kind,x,name,y", "ok,1,foo,2.5", "bad,-3,bar,4", "ok,5,baz,1e3");
    Run run = ingest("csv", input, "table", "--label", "kind");
    assertThat(run.err()).contains("left out, not of numbers: name");
    Dataset<Row> table = read(path("table"));
    assertThat(features(table))
        .containsExactly(new double[] {1, 2.5}, new double[] {-3, 4}, new double[] {5, 1000});
    assertThat(labels(table)).containsExactly(1.0, 0.0, 1.0);
    assertThat(
            ((NominalAttribute) Attribute.fromStructField(table.schema().apply("label")))
                .values()
                .get())
        .containsExactly("bad", "ok");
    assertThat(AttributeGroup.fromStructField(table.schema().apply("features")).attributes().get())
        .extracting(attribute -> attribute.name().get())
        .containsExactly("x", "y");
    assertThat(FeatureProvenance.of(table.schema().apply("features")).orElseThrow().source())
        .isEqualTo("a.csv");
  }

  @Test
  void csvOptionsSayHowItIsWritten() throws IOException {
    String input = file("b.csv", "# a remark", "1;2;7", "3;;8", "5;6;9");
    Dataset<Row> table =
        table(
            "csv",
            input,
            "--no-header",
            "--comment",
            "#",
            "--delimiter",
            ";",
            "--features",
            "_c1,_c0",
            "--label",
            "_c2",
            "--handle-invalid",
            "skip");
    assertThat(features(table)).containsExactly(new double[] {2, 1}, new double[] {6, 5});
    assertThat(labels(table)).containsExactly(7.0, 9.0);
  }

  @Test
  void missingValuesAreKeptForRestoreIfAsked() throws IOException {
    String input = file("gaps.csv", "a,b,c", "1,2,x", "3,,y", "5,6,x");
    Dataset<Row> table = table("csv", input, "--label", "c", "--handle-invalid", "keep");
    assertThat(features(table))
        .containsExactly(new double[] {1, 2}, new double[] {3, Double.NaN}, new double[] {5, 6});
    refused(
        ingest("csv", input, "no", "--handle-invalid", "keep", "--scale", "unit"),
        "--scale cannot learn from rows with missing features",
        "--scaler");
    String ragged = file("both.csv", "a,b", "1,", "4,5,6");
    refused(
        ingest("csv", ragged, "no", "--handle-invalid", "keep"),
        "both.csv, row 2 after the header does not fit the 2 columns");
    String unlabelled = file("unlabelled.csv", "a,c", "1,x", "2,");
    refused(
        ingest("csv", unlabelled, "no", "--label", "c", "--handle-invalid", "keep"),
        "unlabelled.csv, row 2 after the header has no value in column c");
  }

  @Test
  void folderOfFilesIsReadInTheOrderOfTheirNames() throws IOException {
    file("in/2.csv", "a,b", "3,4");
    file("in/1.csv", "a,b", "1,2", "5,6");
    file("in/_hidden", "nonsense");
    assertThat(features(table("csv", path("in"))))
        .containsExactly(new double[] {1, 2}, new double[] {5, 6}, new double[] {3, 4});
  }

  @Test
  void malformedCsvIsRefusedWithItsPlace() throws IOException {
    String ragged = file("ragged.csv", "a,b,c", "1,2,3", "4,5");
    refused(ingest("csv", ragged, "no"), "ragged.csv, row 2 after the header", "3 columns (4,5)");
    String longer = file("longer.csv", "a,b", "1,2", "4,5,6");
    refused(ingest("csv", longer, "no"), "longer.csv, row 2 after the header", "(4,5,6)");
    String hole = file("hole.csv", "a,b", "1,", "4,5");
    refused(
        ingest("csv", hole, "no"),
        "hole.csv, row 1 after the header has no value in column b",
        "--handle-invalid skip");
    String word = file("word.csv", "a,b", "1,2", "4,x");
    refused(
        ingest("csv", word, "no", "--schema", "a DOUBLE, b DOUBLE"), "word.csv, row 2", "(4,x)");
    refused(ingest("csv", word, "no", "--features", "a,b"), "column b must be of numbers");
    refused(
        ingest("csv", word, "no", "--features", "a,z"),
        "word.csv has no column z: its columns are a, b");
    refused(ingest("csv", word, "no", "--label", "z"), "no column z");
    refused(ingest("csv", word, "no", "--schema", "a DOUBLEX"), "'a DOUBLE, b INT", "a DOUBLEX");
    String words = file("words.csv", "a,b", "x,y");
    refused(ingest("csv", words, "no"), "words.csv has no column of numbers");
    refused(ingest("csv", word, "no", "--width", "3"), "--width is for --format libsvm, not csv");
    refused(ingest("csv", path("nothing.csv"), "no"), "nothing.csv");
  }

  @Test
  void numbersOfCsvThatAreNotFiniteAreRefusedWithTheirPlace() throws IOException {
    String input = file("nan.csv", "a,b,c", "1,2,x", "3,NaN,y", "5,6,x");
    for (String scale : List.of("none", "standard")) {
      refused(
          ingest("csv", input, "no", "--label", "c", "--scale", scale),
          "nan.csv, row 2 after the header has NaN in column b: mend it, or drop such rows with"
              + " --handle-invalid skip, or let NaN mark what is missing with keep");
    }
    assertThat(features(table("csv", input, "--handle-invalid", "skip", "--scale", "unit")))
        .containsExactly(new double[] {0, 0}, new double[] {1, 1});
    assertThat(features(table("csv", input, "--handle-invalid", "keep")))
        .contains(new double[] {3, Double.NaN});
    String infinite = file("inf.csv", "a", "1", "-Infinity");
    refused(
        ingest("csv", infinite, "no", "--schema", "a DOUBLE", "--handle-invalid", "keep"),
        "inf.csv, row 2 after the header has -Infinity in column a");
  }

  @Test
  void vectorsThatCannotBeScaledAreRefusedWithTheirPlace() throws IOException {
    float[][] rows = {{1, 2}, {3, Float.NaN}};
    Tables.vectors(rows, 1).write().parquet(path("vectors"));
    refused(
        ingest("parquet", path("vectors"), "no", "--scale", "standard"),
        "row 1 of those to be scaled (counted from 0) has NaN at element 1: mend it, or leave it"
            + " out");
  }

  @Test
  void labelsThatTheTableOfTheScalerDoesNotHaveAreTold() throws IOException {
    String known = file("known.csv", "a,kind", "1,cat", "2,dog");
    Run first = ingest("csv", known, "known", "--label", "kind", "--scale", "unit");
    assertThat(first.code()).as(first.err()).isZero();
    String more = file("more.csv", "a,kind", "1,dog", "2,bird");
    String[] scaler = {"--scaler", path("known"), "--label", "kind", "--handle-invalid", "error"};
    refused(
        ingest("csv", more, "no", scaler),
        "more.csv, row 2 after the header has the label bird in column kind, where the table of"
            + " the scaler knows cat, dog: mend it, or drop such rows with --handle-invalid skip,"
            + " or read the rows without labels");
    scaler[5] = "skip";
    assertThat(labels(table("csv", more, scaler))).containsExactly(1.0);
  }

  @Test
  void aWordThatMakesAColumnOneOfWordsIsTold() throws IOException {
    String input = file("mixed.csv", "a,b,c,d.e", "1,2,x,1", "2,x y,y,z", "3,4,z,");
    assertThat(ingest("csv", input, "table").err())
        .contains(
            "left out, not of numbers: b (2 of 3 values are, but not x y), c, d.e (1 of 2 values are, but not z)");
  }

  @Test
  void aColumnOfNumbersThatIsToBeOfWordsIsLeftOutWithoutMore() throws IOException {
    String input = file("told.csv", "a,b", "1,2", "3,4");
    Run run = ingest("csv", input, "told", "--schema", "a DOUBLE, b STRING");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).containsPattern("(?m)left out, not of numbers: b$");
  }

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

  @Test
  void standardScalingIsSavedAppliedAndUndone() throws IOException {
    String train = file("train.csv", "kind,x,y,z", "b,0,10,7", "a,2,30,7", "b,4,20,7");
    String test = file("test.csv", "kind,x,y,z", "b,6,40,8");
    assertThat(ingest("csv", train, "train", "--label", "kind", "--scale", "standard").code())
        .isZero();
    Dataset<Row> scaled = read(path("train"));
    assertThat(features(scaled)) // mean 2, 20, 7; deviation 2, 10, 0
        .containsExactly(new double[] {-1, -1, 0}, new double[] {0, 1, 0}, new double[] {1, 0, 0});
    Run applied = ingest("csv", test, "test", "--label", "kind", "--scaler", path("train"));
    assertThat(applied.code()).as(applied.err()).isZero();
    Dataset<Row> other = read(path("test"));
    assertThat(features(other)).containsExactly(new double[] {2, 2, 0});
    assertThat(labels(other)).as("b is 1 there, so it is 1 here").containsExactly(1.0);
    String narrow = file("narrow.csv", "x", "1");
    refused(
        ingest("csv", narrow, "no", "--scaler", path("train")),
        "is for 3 features, but --input",
        "has 1");

    assertThat(
            Run.of(
                    "train",
                    "--input",
                    path("train"),
                    "--code-size",
                    "1",
                    "--epochs",
                    "1",
                    "--output",
                    path("model"))
                .code())
        .isZero();
    JsonNode result =
        Run.of("evaluate", "--model", path("model"), "--input", path("test"), "--json").json();
    AutoencoderModel model = AutoencoderModel.load(path("model"));
    Vector row = other.first().getAs("features");
    Vector back = model.decode(model.encode(row));
    double expected =
        Math.pow(2 * (row.apply(0) - back.apply(0)), 2)
            + Math.pow(10 * (row.apply(1) - back.apply(1)), 2);
    assertThat(result.get("squaredErrorPerRowOriginalUnits").doubleValue())
        .isCloseTo(expected, within(1e-4));
  }

  @Test
  void unitScalingFillsTheRangeAndClipsNewRows() throws IOException {
    String train = file("train.csv", "x,y", "0,5", "4,5", "2,5");
    String test = file("test.csv", "x,y", "-9,5", "1,6", "9,4");
    assertThat(ingest("csv", train, "train", "--scale", "unit").code()).isZero();
    assertThat(features(read(path("train"))))
        .containsExactly(new double[] {0, 0.5}, new double[] {1, 0.5}, new double[] {0.5, 0.5});
    Dataset<Row> clipped = table("csv", test, "--scaler", path("train"));
    assertThat(clipped.select("features").collectAsList())
        .extracting(row -> row.<Vector>getAs(0).apply(0))
        .containsExactly(0.0, 0.25, 1.0);
    assertThat(features(clipped)).allMatch(row -> row[1] >= 0 && row[1] <= 1);
    refused(
        ingest("csv", test, "no", "--scaler", path("train"), "--scale", "unit"),
        "--scale and --scaler exclude each other");
    Run plain = ingest("csv", test, "plain");
    assertThat(plain.code()).isZero();
    refused(ingest("csv", test, "no", "--scaler", path("plain")), "plain has no scaler");
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
