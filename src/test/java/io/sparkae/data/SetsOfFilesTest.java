package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of the sets that are made of digits and pictures. */
class SetsOfFilesTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;
  private SetFiles files;

  @BeforeEach
  void writeFiles() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 1; i < 4; i++) {
      int factor = i;
      byte[] picture = FilesInMemory.png(60, 40, (x, y) -> (x * y * factor + 31 * x) % 256);
      Files.write(pictures.resolve(i + ".png"), picture);
    }
    files =
        new SetFiles(
            List.of(
                new SetFiles.LabelledIdx(
                    file("images", IdxFiles.gzip(IdxFiles.digits(0, 60))),
                    file("labels", IdxFiles.labels(60)))),
            GeneratedSource.pictures(spark, pictures.toString()));
  }

  private String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toUri().toString();
  }

  private Dataset<Row> table(SetKind kind, long first, long rows, int partitions)
      throws IOException {
    return GeneratedSource.read(spark, new SetSpec(kind, 7, files), first, rows, partitions);
  }

  @ParameterizedTest
  @EnumSource(names = {"BASIC", "ROT", "BG_RAND", "BG_IMG", "ROT_BG_IMG", "RECT_IMG"})
  void rowsHaveTheSameBitsHoweverTheyAreSpread(SetKind kind) throws IOException {
    List<Row> one = table(kind, 10, 50, 1).collectAsList();
    assertThat(one).hasSize(50).doesNotHaveDuplicates();
    assertThat(table(kind, 10, 50, 7).collectAsList()).isEqualTo(one);
    assertThat(table(kind, 30, 30, 2).collectAsList()).isEqualTo(one.subList(20, 50));
  }

  @Test
  void tablesKnowTheirSetTheirPictureAndTheirLabels() throws IOException {
    Dataset<Row> table = table(SetKind.ROT_BG_IMG, 2, 3, 1);
    assertThat(FeatureProvenance.of(table.schema().apply("features")))
        .contains(
            new FeatureProvenance(
                "rot-bg-img",
                "seed 7, rows from 2",
                Scaling.UNIT,
                Optional.of(new FeatureProvenance.ImageShape(28, 28, 1))));
    assertThat(Labels.names(table.schema()))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void whatCannotBeMadeIsRefusedBeforeAnyJob() throws IOException {
    assertThatThrownBy(() -> table(SetKind.BASIC, 0, 61, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("basic has 60 rows, as many as there are digits: not 61");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> GeneratedSource.pictures(spark, empty.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(empty + " holds no images, nor do its sub-folders");
  }

  @Test
  void aRangeOfATableIsInOrderWhateverThePartitions() throws IOException {
    List<Row> all = table(SetKind.BASIC, 0, 60, 1).collectAsList();
    for (int partitions : new int[] {1, 4}) {
      Dataset<Row> table = table(SetKind.BASIC, 0, 60, partitions);
      assertThat(RowRanges.of(table, 0, 60).collectAsList()).isEqualTo(all);
      assertThat(RowRanges.of(table, 13, 29).collectAsList()).isEqualTo(all.subList(13, 42));
      assertThat(RowRanges.of(table, 44, 0).collectAsList()).isEqualTo(all.subList(44, 60));
      assertThat(RowRanges.of(table, 44, 0).schema()).isEqualTo(table.schema());
      assertThatThrownBy(() -> RowRanges.of(table, 44, 17))
          .hasMessage("there are 60 rows: not 17 of them from row 44 on, counted from 0");
      assertThatThrownBy(() -> RowRanges.of(table, 60, 0))
          .hasMessage("there are 60 rows: not any from row 60 on, counted from 0");
    }
  }
}
