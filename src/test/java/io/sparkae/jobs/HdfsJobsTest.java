package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.AutoencoderModel;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with all that they read and write on HDFS. */
class HdfsJobsTest {
  private static final int ROWS = 60;

  @TempDir private static java.nio.file.Path folder;

  private static MiniHdfs hdfs;
  private static FileSystem files;

  @BeforeAll
  static void startAndTrain() throws IOException {
    hdfs = MiniHdfs.start(folder, 1);
    files = hdfs.files();
    LocalSpark.session();
    String csv = Tables.csv(5, ROWS);
    Files.writeString(folder.resolve("rows.csv"), csv);
    try (FSDataOutputStream out = files.create(new Path("/in/rows.csv"))) {
      out.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    ingestAndTrain(hdfs("/in/rows.csv"), hdfs("/out/table"), hdfs("/out/model"));
  }

  @AfterAll
  static void stop() throws IOException {
    hdfs.close();
  }

  private static String hdfs(String path) {
    return hdfs.uri(path);
  }

  private static void ingestAndTrain(String csv, String table, String model) {
    succeed("ingest --format csv --label kind --scale standard --input", csv, "--output", table);
    succeed(
        "train --code-size 2 --epochs 2 --batch-size 16 --replicas 1 --micro-batches 2 --seed 4"
            + " --input",
        table,
        "--output",
        model);
  }

  /** Runs a command of words with spaces between them, and then others. */
  private static Run run(String words, String... more) {
    return Run.of(Stream.of(words.split(" "), more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private static Run succeed(String words, String... more) {
    Run run = run(words, more);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static List<String> names(String path) throws IOException {
    return hdfs.names(path);
  }

  private static byte[] bytes(String path) throws IOException {
    try (var in = files.open(new Path(path))) {
      return in.readAllBytes();
    }
  }

  private static String text(String path) throws IOException {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  @Test
  void modelCodesAndErrorsAreThoseOfLocalFiles() throws IOException {
    String table = folder.resolve("table").toString();
    String model = folder.resolve("model").toString();
    ingestAndTrain(folder.resolve("rows.csv").toString(), table, model);
    assertThat(AutoencoderModel.load(hdfs("/out/model")).parameters())
        .containsExactly(AutoencoderModel.load(model).parameters());
    assertThat(measured(hdfs("/out/model"), hdfs("/out/table")))
        .as("with the error in the units before scaling, from the scaler in the table's folder")
        .isEqualTo(measured(model, table));
    succeed(
        "ingest --format csv --label kind --scaler",
        hdfs("/out/table"),
        "--input",
        hdfs("/in/rows.csv"),
        "--output",
        hdfs("/out/again"));
    String codes = folder.resolve("codes").toString();
    succeed("encode --model", model, "--input", table, "--output", codes);
    succeed(
        "encode --model",
        hdfs("/out/model"),
        "--input",
        hdfs("/out/again"),
        "--output",
        hdfs("/out/codes"));
    assertThat(codes(hdfs("/out/codes"))).hasSize(ROWS).isEqualTo(codes(codes));
    assertThat(names("/out")).noneMatch(name -> name.startsWith("."));
  }

  private static JsonNode measured(String model, String table) throws IOException {
    JsonNode json = succeed("evaluate --json --model", model, "--input", table).json();
    assertThat(json.has("squaredErrorPerRowOriginalUnits")).isTrue();
    return json;
  }

  private static List<Vector> codes(String table) {
    Dataset<Row> rows = LocalSpark.session().read().parquet(table).coalesce(1);
    return rows.select("code").collectAsList().stream().map(row -> row.<Vector>getAs(0)).toList();
  }

  @Test
  void reportsAndPicturesLieOnHdfs() throws IOException {
    assertThat(names("/out/model")).containsExactly("metadata", "report.html", "weights");
    assertThat(text("/out/model/report.html")).startsWith("<!DOCTYPE html>");
    succeed(
        "generate --set digits --rows 20 --output",
        hdfs("/out/digits"),
        "--preview",
        hdfs("/out/digits.png"));
    assertThat(bytes("/out/digits.png")).startsWith(0x89, 'P', 'N', 'G');
    succeed(
        "train --code-size 2 --epochs 1 --input",
        hdfs("/out/digits"),
        "--output",
        hdfs("/out/seer"));
    String two = hdfs("/out/model") + "," + hdfs("/out/seer");
    succeed("report --model", two, "--output", hdfs("/out/two.html"));
    assertThat(text("/out/two.html")).contains(hdfs("/out/seer"));
    succeed(
        "report --overwrite --model",
        hdfs("/out/seer"),
        "--input",
        hdfs("/out/digits"),
        "--output",
        hdfs("/out/two.html"));
    assertThat(text("/out/two.html")).contains("data:image/png;base64,");
    assertThat(names("/out")).contains("two.html").noneMatch(name -> name.startsWith("."));
  }

  @Test
  void whatExistsIsReplacedOnlyWhenAskedAndIfItIsATable() throws IOException {
    String[] paths = {hdfs("/in/rows.csv"), "--output", hdfs("/kept/table")};
    String ingest = "ingest --format csv --label kind --input";
    succeed(ingest, paths);
    List<String> before = names("/kept/table");
    Run refused = run(ingest, paths);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "sparkae ingest: --output "
                + hdfs("/kept/table")
                + " exists: name another one or add --overwrite to replace it\n");
    assertThat(names("/kept/table")).isEqualTo(before);
    succeed(ingest.replace("ingest", "ingest --overwrite"), paths);
    assertThat(names("/kept")).containsExactly("table");
    files.mkdirs(new Path("/kept/photographs/2024"));
    Run foreign =
        run(
            "encode --overwrite --model",
            hdfs("/out/model"),
            "--input",
            hdfs("/out/table"),
            "--output",
            hdfs("/kept/photographs"));
    assertThat(foreign.code()).isEqualTo(2);
    assertThat(foreign.err()).contains(" holds 2024, which is never replaced");
    assertThat(names("/kept/photographs")).containsExactly("2024");
  }

  @Test
  void aFailingCommandLeavesNothingAndKeepsWhatWasThere() throws IOException {
    Vector broken = Vectors.dense(0, Double.NaN, 0);
    LocalSpark.session()
        .createDataFrame(
            Stream.of(Vectors.dense(1, 2, 3), broken).map(RowFactory::create).toList(),
            LocalSpark.session().read().parquet(hdfs("/out/table")).select("features").schema())
        .coalesce(1)
        .write()
        .parquet(hdfs("/bad/table"));
    String[] paths = {"--input", hdfs("/bad/table"), "--output", hdfs("/bad/codes")};
    String encode = "encode --overwrite --model " + hdfs("/out/model");
    Run run = run(encode, paths);
    assertThat(run.code()).isOne();
    assertThat(run.err())
        .isEqualTo(
            "sparkae encode: row 1 of partition 0 (counted from 0): column features has NaN at"
                + " element 1: mend the row, or set --handle-invalid to skip\n");
    assertThat(names("/bad")).containsExactly("table");
    succeed(encode + " --handle-invalid skip", paths);
    List<String> codes = names("/bad/codes");
    assertThat(run(encode, paths).code()).isOne();
    assertThat(names("/bad")).containsExactly("codes", "table");
    assertThat(names("/bad/codes")).isEqualTo(codes);
  }

  @Test
  void whatAQuotaDoesNotHoldIsNamedAndLeavesNothing() throws IOException {
    String[] model = {hdfs("/out/table"), "--output", hdfs("/small/model")};
    String[] codes = {hdfs("/out/table"), "--output", hdfs("/small/codes")};
    String train = "train --code-size 2 --epochs 1 --no-report --input";
    String encode = "encode --model " + hdfs("/out/model") + " --input";
    hdfs.limit("/small", files.getDefaultBlockSize(new Path("/small")) + 1); // the metadata alone
    Run untrained = run(train, model);
    hdfs.limit("/small", 1);
    Run uncoded = run(encode, codes);
    assertThat(untrained.code()).isEqualTo(Main.FAILURE);
    assertThat(untrained.err())
        .containsPattern(refused("train", "/small/model") + ".* = 128.00 MB.*\n$");
    assertThat(uncoded.code()).isEqualTo(Main.FAILURE);
    assertThat(uncoded.err()).containsPattern(refused("encode", "/small/codes") + ".*\n$");
    assertThat(names("/small")).isEmpty();
    hdfs.limit("/small", HdfsConstants.QUOTA_RESET);
    succeed(train, model);
    succeed(encode, codes);
    assertThat(names("/small")).containsExactly("codes", "model");
  }

  private static String refused(String command, String output) {
    return "(?m)^sparkae "
        + command
        + ": "
        + hdfs(output)
        + " could not be written: The DiskSpace quota of /small is exceeded: quota = ";
  }

  @Test
  void whatIsMissingIsNamedWithWhatIsThere() {
    Run run = run("evaluate --model", hdfs("/out/modle"), "--input", hdfs("/out/table"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "sparkae evaluate: --model "
                + hdfs("/out/modle")
                + " does not exist: did you mean "
                + hdfs("/out/model")
                + "?\n");
  }
}
