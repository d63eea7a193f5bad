package io.sparkae.jobs;

import static io.sparkae.jobs.Run.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import io.sparkae.ml.ForeignParquet;
import io.sparkae.ml.TypeOfOthersInAParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in Parquet format that commands read. */
class ParquetInputTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aFileThatIsNoParquetIsNamed() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("images.gz"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
    assertUsage(
        Run.of("train", "--input", data.toString(), "--output", path("no")),
        "--input "
            + data
            + " holds no Parquet table: images.gz is no Parquet file, or was cut short (ingest makes"
            + " tables)");
    assertUsage(
        Run.of("ingest", "--format", "idx", "--input", data.toString(), "--output", path("no")),
        data + " is a folder: name one file in IDX format");
    Run.rectangles(path("table"), 0, 10);
    Path part;
    try (var files = Files.list(folder.resolve("table"))) {
      part =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .sorted()
              .toList()
              .get(1);
    }
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 100));
    assertUsage(
        Run.of("train", "--input", path("table"), "--output", path("no")),
        "--input "
            + path("table")
            + " holds no Parquet table: "
            + part.getFileName()
            + " is no Parquet file, or was cut short (ingest makes tables)");
  }

  @Test
  void aClassThatAFileNamesIsNotLoaded() throws IOException {
    Path table = folder.resolve("Parquet");
    Run.rectangles(table.toString(), 0, 10);
    ForeignParquet.plantAll(table);
    System.clearProperty(TypeOfOthersInAParquet.MARK);
    Run run =
        Run.of(
            "ingest",
            "--format",
            "parquet",
            "--features",
            "features",
            "--input",
            table.toString(),
            "--output",
            path("no"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.startsWith("sparkae ingest: ")))
        .singleElement()
        .asString()
        .contains(
            table + "/part-00000",
            "has in its column features a type of the class " + TypeOfOthersInAParquet.NAME);
    assertThat(System.getProperty(TypeOfOthersInAParquet.MARK)).isNull();
  }

  @Test
  void aNullInASeveralColumnsFeatureNamesTheColumn() {
    LocalSpark.session()
        .sql("select double(id) x, if(id = 5, null, id) y from range(9)")
        .write()
        .parquet(path("holed"));
    String[] ingest = {
      "ingest",
      "--format",
      "parquet",
      "--input",
      path("holed"),
      "--features",
      "x,y",
      "--output",
      path("out")
    };
    Run run = Run.of(ingest);
    assertThat(run.code()).isEqualTo(Main.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("column y has null in a row: fill it in or leave such rows out");
  }

  @Test
  void parquetColumnsAreIngestedInOrder() {
    Run.rectangles(path("table"), 0, 30);
    Run run =
        Run.of(
            "ingest",
            "--format",
            "parquet",
            "--input",
            path("table"),
            "--features",
            "features",
            "--label",
            "label",
            "--output",
            path("copy"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("30 rows of features, label, images of 28 x 28");
    assertThat(LocalSpark.session().read().parquet(path("copy")).collectAsList())
        .isEqualTo(LocalSpark.session().read().parquet(path("table")).collectAsList());
  }
}
