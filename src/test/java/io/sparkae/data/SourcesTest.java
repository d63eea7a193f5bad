package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void idxRowsKeepTheirOrderThroughParquetWhateverThePartitions(int partitions) throws IOException {
    String images = file("images", IdxFiles.gzip(IdxFiles.images(60)));
    String labels = file("labels", IdxFiles.labels(60));
    String output = folder.resolve("table").toString();
    IdxSource.read(spark, images, Optional.of(labels), Scaling.NONE, partitions)
        .write()
        .parquet(output);
    List<Row> rows = ParquetSource.read(spark, output).collectAsList();
    assertThat(rows).hasSize(60);
    for (int r = 0; r < 60; r++) {
      assertThat(rows.get(r).<Vector>getAs(0).toArray())
          .containsExactly(4 * r, 4 * r + 1, 4 * r + 2, 4 * r + 3);
      assertThat(rows.get(r).getDouble(1)).isEqualTo(r % 10);
    }
  }

  @Test
  void rowsComeInFileOrderThoughSparkPutsLargerFilesFirst() throws IOException {
    String output = folder.resolve("table").toString();
    Dataset<Row> small = GeneratedSource.read(spark, "rect", 1, 0, 3, 1);
    Dataset<Row> large = GeneratedSource.read(spark, "rect", 1, 3, 3000, 1);
    small.union(large).write().parquet(output);
    assertThat(spark.read().parquet(output).collectAsList())
        .isNotEqualTo(small.union(large).collectAsList());
    assertThat(ParquetSource.read(spark, output).collectAsList())
        .isEqualTo(small.union(large).collectAsList());
  }

  @Test
  void unitScaleDividesBytesBy255() throws IOException {
    String images = file("images", IdxFiles.idx(8, new int[] {1, 2}, (byte) 0xff, (byte) 51));
    Row row = IdxSource.read(spark, images, Optional.empty(), Scaling.UNIT, 1).first();
    assertThat(row.<Vector>getAs(0).toArray()).containsExactly(1, 0.2);
    String floats = file("floats", IdxFiles.idx(0x0d, new int[] {1}, new byte[4]));
    assertThatThrownBy(() -> IdxSource.read(spark, floats, Optional.empty(), Scaling.UNIT, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float");
  }

  @Test
  void provenanceSurvivesParquetAndTheUnionOfItsFiles() throws IOException {
    String output = folder.resolve("table").toString();
    String images = file("images.idx", IdxFiles.images(9));
    IdxSource.read(spark, images, Optional.empty(), Scaling.UNIT, 3).write().parquet(output);
    Dataset<Row> table = ParquetSource.read(spark, output);
    assertThat(FeatureProvenance.of(table.schema().apply("features")))
        .contains(
            new FeatureProvenance(
                "idx",
                "images.idx",
                Scaling.UNIT,
                Optional.of(new FeatureProvenance.ImageShape(2, 2, 1))));
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefusedBeforeAnyJob() throws IOException {
    String images = file("images", IdxFiles.images(9));
    String labels = file("labels", IdxFiles.labels(8));
    assertThatThrownBy(() -> IdxSource.read(spark, images, Optional.of(labels), Scaling.NONE, 1))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("8 labels do not fit the 9 rows");
    assertThatThrownBy(() -> IdxSource.read(spark, images, Optional.of(images), Scaling.NONE, 1))
        .hasMessageContaining("labels have one dimension");
    byte[] cut = Arrays.copyOf(IdxFiles.images(9), 50);
    String truncated = file("truncated", cut);
    assertThatThrownBy(() -> IdxSource.read(spark, truncated, Optional.empty(), Scaling.NONE, 1))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("it has 50 bytes where 9 x 2 x 2 of unsigned byte need 52");
  }

  @Test
  void aTruncatedGzipFailsInItsTaskWithOurLine() throws IOException {
    byte[] cut = Arrays.copyOf(IdxFiles.images(9), 50);
    String truncated = file("truncated.gz", IdxFiles.gzip(cut));
    Dataset<Row> table = IdxSource.read(spark, truncated, Optional.empty(), Scaling.NONE, 2);
    assertThatThrownBy(table::collectAsList)
        .hasStackTraceContaining("truncated: it ends in or before row 8 of 9");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void generatedRowsAreTheSameHoweverTheyAreSpread(int partitions) {
    for (String set : List.of("rect", "convex", "digits")) {
      List<Row> one = GeneratedSource.read(spark, set, 5, 100, 50, 1).collectAsList();
      assertThat(GeneratedSource.read(spark, set, 5, 100, 50, partitions).collectAsList())
          .isEqualTo(one);
      assertThat(GeneratedSource.read(spark, set, 5, 120, 30, partitions).collectAsList())
          .isEqualTo(one.subList(20, 50));
    }
  }

  @Test
  void generatedTablesKnowTheirOriginTheirPictureAndTheNamesOfTheirLabelsAfterParquet()
      throws IOException {
    String output = folder.resolve("table").toString();
    GeneratedSource.read(spark, "convex", 5, 7, 3, 1).write().parquet(output);
    StructType schema = ParquetSource.read(spark, output).schema();
    assertThat(FeatureProvenance.of(schema.apply("features")))
        .contains(
            new FeatureProvenance(
                "convex",
                "seed 5, rows from 7",
                Scaling.UNIT,
                Optional.of(new FeatureProvenance.ImageShape(28, 28, 1))));
    NominalAttribute label = (NominalAttribute) Attribute.fromStructField(schema.apply("label"));
    assertThat(label.values().get()).containsExactly("not convex", "convex");
  }

  @Test
  void columnsOfATableBecomeFeatures() {
    Dataset<Row> table =
        spark.sql(
            "select 1 a, 2.5D b, array(3.0F, 4.0F) c, 'x' d, 1L y union all select 2, 3.5,"
                + " array(5.0F, 6.0F), 'y', 0");
    Row assembled = ParquetSource.select(table, List.of("a", "b"), Optional.of("y"), "t").first();
    assertThat(assembled.<Vector>getAs("features").toArray()).containsExactly(1, 2.5);
    assertThat(assembled.<Double>getAs("label")).isEqualTo(1.0);
    Row array = ParquetSource.select(table, List.of("c"), Optional.empty(), "t").first();
    assertThat(array.<Vector>getAs("features").toArray()).containsExactly(3, 4);
    assertThat(array.schema().fieldNames()).containsExactly("features");
    assertThatThrownBy(() -> ParquetSource.select(table, List.of("d"), Optional.empty(), "t"))
        .hasMessageContaining("column d")
        .hasMessageContaining("string");
    assertThatThrownBy(() -> ParquetSource.select(table, List.of("e"), Optional.empty(), "t"))
        .hasMessage("there is no column e: the columns are a, b, c, d, y");
  }

  @Test
  void mnistHasItsRowsAndItsFirstLabels() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    Path mnist = Path.of(data, "mnist");
    assumeThat(mnist).as("SPARKAE_DATA has a folder mnist: skipped without it").isDirectory();
    Dataset<Row> test =
        IdxSource.read(
            spark,
            mnist.resolve("t10k-images-idx3-ubyte.gz").toString(),
            Optional.of(mnist.resolve("t10k-labels-idx1-ubyte.gz").toString()),
            Scaling.UNIT,
            3);
    assertThat(test.count()).isEqualTo(10_000);
    assertThat(test.takeAsList(5))
        .extracting(row -> row.getDouble(1))
        .containsExactly(7., 2., 1., 0., 4.);
  }
}
