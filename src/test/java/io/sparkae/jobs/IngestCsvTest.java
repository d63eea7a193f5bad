package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.FeatureProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** CSV files, well and badly written, through the command. */
class IngestCsvTest extends IngestedFiles {
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
    refused(
        ingest("csv", words, "no"), "words.csv has no column of numbers to use: its columns are a");
    refused(ingest("csv", word, "no", "--width", "3"), "--width is for --format libsvm, not csv");
    refused(ingest("csv", path("nothing.csv"), "no"), "nothing.csv");
    Files.writeString(folder.resolve("empty.csv"), "");
    refused(
        ingest("csv", path("empty.csv"), "no"),
        "empty.csv is empty: it has neither a line of names nor rows");
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
  void aWordThatMakesAColumnOneOfWordsIsTold() throws IOException {
    String input = file("mixed.csv", "a,b,c,d.e", "1,2,x,1", "2,x y,y,z", "3,u,z,");
    assertThat(ingest("csv", input, "table").err())
        .contains(
            "left out, not of numbers: b (1 of 3 values are, but not x y), c, d.e (1 of 2 values are, but not z)");
  }

  private static final String WAYS_OUT =
      ": mend it, or name the columns to use by --features, or say by --schema which type each column has"
          + " (rows with a word in a column of type DOUBLE go with --handle-invalid skip)";

  @Test
  void aWordAmongNumbersIsRefusedWithItsPlace() throws IOException {
    file("letters/1.csv", "a,b", "1,2", "7,8", "5,6");
    file("letters/2.csv", "a,b", "2,", "2,abc", "3,x");
    String input = path("letters");
    refused(
        ingest("csv", input, "no", "--handle-invalid", "skip"),
        "letters/2.csv, row 2 after the header has 'abc' in column b, where 3 of 5 values are",
        WAYS_OUT);
  }

  @Test
  void theWaysOutOfAWordAmongNumbersLeadOut() throws IOException {
    String input = file("letter.csv", "a,b", "1,2", "2,abc", "3,4");
    refused(
        ingest("csv", input, "no"),
        "letter.csv, row 2 after the header has 'abc' in column b, where 2 of 3 values are numbers"
            + WAYS_OUT);
    refused(
        ingest("csv", input, "no", "--features", "b"),
        "the features column b must be of numbers: ",
        "letter.csv, row 2 after the header has 'abc' in column b" + WAYS_OUT);
    assertThat(features(table("csv", input, "--features", "a"))).hasSize(3);
    assertThat(features(table("csv", input, "--schema", "a DOUBLE, b STRING"))).hasSize(3);
    assertThat(
            features(
                table("csv", input, "--schema", "a DOUBLE, b DOUBLE", "--handle-invalid", "skip")))
        .containsExactly(new double[] {1, 2}, new double[] {3, 4});
  }

  @Test
  void aColumnOfAnotherTypeIsNoFeature() throws IOException {
    String input = file("days.csv", "a,b", "1,2026-01-02 03:04:05");
    refused(
        ingest("csv", input, "no", "--features", "a,b"),
        "the features column b must be of numbers: its type is timestamp");
    String numbers = file("declared.csv", "a,b", "1,2");
    refused(
        ingest("csv", numbers, "no", "--schema", "a DOUBLE, b STRING", "--features", "a,b"),
        "the features column b must be of numbers: its type is string");
  }

  @Test
  void aHeaderWithoutRowsIsRefused() throws IOException {
    refused(
        ingest("csv", file("header.csv", "a,b"), "no"),
        "header.csv has a line of names and no rows: a, b");
  }

  @Test
  void aColumnOfNumbersThatIsToBeOfWordsIsLeftOutWithoutMore() throws IOException {
    String input = file("told.csv", "a,b", "1,2", "3,4");
    Run run = ingest("csv", input, "told", "--schema", "a DOUBLE, b STRING");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).containsPattern("(?m)left out, not of numbers: b$");
  }
}
