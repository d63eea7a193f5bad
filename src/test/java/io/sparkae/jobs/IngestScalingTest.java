package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.spark.Tables;
import java.io.IOException;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Scaling as rows are ingested, and of further rows alike. */
class IngestScalingTest extends IngestedFiles {
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
}
