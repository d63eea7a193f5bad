package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.ml.ForeignParquet;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSchemaTest {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    spark = LocalSpark.session();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void check(String json) {
    ParquetSchema.check(new org.apache.hadoop.fs.Path("/t/part-0.parquet"), json);
  }

  @Test
  void foldersOfValuesBecomeAColumn() {
    Dataset<Row> table = spark.range(10).withColumn("half", functions.expr("int(id % 2)"));
    table.write().partitionBy("half").parquet(path("t"));
    Dataset<Row> read = ParquetSchema.read(spark, path("t"));
    assertThat(read.schema()).isEqualTo(spark.read().parquet(path("t")).schema());
    assertThat(read.where("half = 1").orderBy("id").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  @Test
  void columnsOfAllFilesAreMergedIfSparkIsToldTo() {
    spark.range(2).coalesce(1).write().parquet(path("t"));
    spark.range(2).toDF("other").coalesce(1).write().mode("append").parquet(path("t"));
    assertThat(ParquetSchema.read(spark, path("t")).schema().length()).isEqualTo(1);
    spark.conf().set("spark.sql.parquet.mergeSchema", "true");
    try {
      assertThat(ParquetSchema.read(spark, path("t")).schema().fieldNames())
          .containsExactlyInAnyOrder("id", "other");
    } finally {
      spark.conf().unset("spark.sql.parquet.mergeSchema");
    }
  }

  @Test
  void namesOfFilesMayHaveAnyCharacters() throws IOException {
    spark.range(0, 10, 1, 2).write().parquet(path("t"));
    List<Path> files = ForeignParquet.files(folder.resolve("t"));
    Files.move(files.get(0), folder.resolve("t/a [1] {x,y} 50%20?* ä.parquet"));
    Files.move(files.get(1), folder.resolve("t/b\\*.parquet"));
    assertThat(ParquetSource.read(spark, path("t")).collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void whatIsNoTableIsSparksToTell() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> ParquetSchema.read(spark, path("empty")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("UNABLE_TO_INFER_SCHEMA");
    assertThatThrownBy(() -> ParquetSchema.read(spark, path("none")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("PATH_NOT_FOUND");
  }

  @Test
  void vectorsAndMatricesAreRead() {
    check(null);
    check(new StructType().add("a", SQLDataTypes.VectorType()).json());
    check(
        new StructType()
            .add("a", DataTypes.createArrayType(SQLDataTypes.MatrixType()))
            .add("b", DataTypes.createMapType(DataTypes.StringType, SQLDataTypes.VectorType()))
            .json());
    Dataset<Row> table = Tables.vectors(Tables.lowRank(4, 50, 5), 1);
    table.write().parquet(path("t"));
    assertThat(ParquetSchema.of(spark, path("t"))).isEqualTo(table.schema().asNullable());
  }

  @Test
  void classesThatAreNotKnownAreRefusedWhereverTheyAre() {
    String vector = SQLDataTypes.VectorType().json();
    String other = vector.replace("VectorUDT", "OtherUDT");
    StructType inner = new StructType().add("b", SQLDataTypes.VectorType());
    for (StructType type :
        List.of(
            inner,
            new StructType().add("b", inner),
            new StructType().add("b", new ArrayType(inner, true)),
            new StructType().add("b", DataTypes.createMapType(SQLDataTypes.VectorType(), inner)))) {
      String json = type.json().replace(vector, other);
      assertThat(json).contains("OtherUDT");
      assertThatThrownBy(() -> check(json))
          .isInstanceOf(ForeignTypeException.class)
          .hasMessage(
              "/t/part-0.parquet has in its column b a type of the class"
                  + " org.apache.spark.ml.linalg.OtherUDT, which is not loaded: write the table"
                  + " without it, or as vectors, arrays or numbers");
    }
    assertThatThrownBy(() -> check(other)).hasMessageContaining("has in its columns a type of");
    assertThatThrownBy(() -> check("{\"type\":\"udt\",\"class\":[1]}"))
        .isInstanceOf(ForeignTypeException.class);
  }

  @Test
  void columnsThatMayBeReadInTwoWaysAreRefused() {
    String vector = SQLDataTypes.VectorType().json();
    for (String json :
        List.of("StructType(List())", "{", "", "{} {}", vector.replace("{", "{\"class\":\"X\","))) {
      assertThatThrownBy(() -> check(json)).isInstanceOf(ForeignTypeException.class);
    }
  }
}
