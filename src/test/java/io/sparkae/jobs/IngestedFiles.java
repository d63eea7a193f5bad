package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Writes files, reads them by the command, and looks at what came of it. */
abstract class IngestedFiles {
  @TempDir Path folder;

  @BeforeAll
  static void session() {
    LocalSpark.session();
  }

  String file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
    return file.toString();
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  Run ingest(String format, String input, String output, String... more) {
    List<String> args =
        Stream.concat(
                Stream.of("ingest", "--format", format, "--input", input, "--output", path(output)),
                Arrays.stream(more))
            .toList();
    return Run.of(args.toArray(String[]::new));
  }

  Dataset<Row> table(String format, String input, String... more) throws IOException {
    String output = "table-" + System.nanoTime();
    Run run = ingest(format, input, output, more);
    assertThat(run.code()).as(run.err()).isZero();
    return read(path(output));
  }

  /** One line that holds all of {@code parts}, and no output. */
  void refused(Run run, String... parts) {
    assertThat(run.code()).isNotZero();
    assertThat(run.err().lines().filter(line -> line.startsWith("sparkae ingest: ")))
        .singleElement()
        .asString()
        .contains(parts)
        .doesNotContain("Exception", "SQLSTATE");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  /** In the order in which it was written. */
  static Dataset<Row> read(String path) throws IOException {
    return ParquetSource.read(LocalSpark.session(), path);
  }

  static List<double[]> features(Dataset<Row> table) {
    return table.select("features").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }

  static List<Double> labels(Dataset<Row> table) {
    return table.select("label").collectAsList().stream().map(row -> row.getDouble(0)).toList();
  }
}
