package io.sparkae.jobs;

import io.sparkae.data.ForeignTypeException;
import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** What commands read: checked before the work starts, in one clear line. */
final class Inputs {
  private final SparkSession spark;

  Inputs(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Checks that an input is there.
   *
   * @throws UsageException if it is not
   * @throws IOException if the file system cannot be asked
   */
  void requireInput(String option, String path) throws IOException {
    Place place = Place.of(spark, option, path);
    if (!place.exists()) {
      throw place.refused("does not exist" + siblings(place.files(), new Path(path)));
    }
  }

  /**
   * Checks that an input folder has what it must have.
   *
   * @throws UsageException if {@code inside} is not in it; the message calls it no {@code what}
   * @throws IOException if the file system cannot be asked
   */
  void requireInside(String option, String path, String inside, String what) throws IOException {
    Place place = Place.of(spark, option, path);
    if (!place.files().exists(new Path(place.path(), inside))) {
      throw place.refused("is not " + what);
    }
  }

  /**
   * Reads a Parquet table in the order of its files.
   *
   * @throws UsageException if there is none at the path
   */
  Dataset<Row> table(String option, String path) throws IOException {
    requireInput(option, path);
    Place place = Place.of(spark, option, path);
    Optional<String> other = ParquetFiles.firstOther(place.files(), new Path(path));
    if (other.isPresent()) {
      throw place.refused(
          "holds no Parquet table: "
              + other.get()
              + " is no Parquet file, or was cut short (ingest makes tables)");
    }
    try {
      return ParquetSource.read(spark, path);
    } catch (ForeignTypeException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof AnalysisException || Failures.line(e).contains("Parquet")) {
        throw place.refused("holds no Parquet table (ingest makes one)");
      }
      if (e instanceof SparkException || e instanceof UncheckedIOException) { // of a footer
        throw place.refused("holds no Parquet table that can be read: " + Failures.reason(e));
      }
      throw e;
    }
  }

  /**
   * Checks that a table has columns.
   *
   * @throws UsageException if one is missing; the message lists those that are there
   */
  static void requireColumn(String option, StructType schema, String column) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new UsageException(
          "--"
              + option
              + " "
              + column
              + " is no column of the table: it has "
              + String.join(", ", schema.fieldNames()));
    }
  }

  /**
   * Checks that a column is there and of vectors or arrays of numbers.
   *
   * @throws UsageException naming the option and what the column is
   */
  static void requireVectors(String option, StructType schema, String column) {
    requireColumn(option, schema, column);
    DataType type = schema.apply(column).dataType();
    boolean isArray = type instanceof ArrayType array && array.elementType() instanceof NumericType;
    if (!isArray && !type.equals(SQLDataTypes.VectorType())) {
      throw new UsageException(
          "--"
              + option
              + " "
              + column
              + " must be of vectors or arrays of numbers, not "
              + type.catalogString());
    }
  }

  private static String siblings(FileSystem files, Path missing) throws IOException {
    Path parent = missing.getParent();
    if (parent == null || !files.exists(parent)) {
      return parent == null ? "" : ": nor does the folder " + parent;
    }
    List<String> names =
        Arrays.stream(files.listStatus(parent))
            .map(FileStatus::getPath)
            .map(Path::getName)
            .filter(name -> !name.startsWith("."))
            .sorted()
            .toList();
    return Nearest.of(missing.getName(), names)
        .map(name -> ": did you mean " + new Path(parent, name) + "?")
        .orElse(
            names.isEmpty()
                ? ": the folder is empty"
                : ": the folder has "
                    + names.stream().limit(8).collect(Collectors.joining(", "))
                    + (names.size() > 8 ? ", ..." : ""));
  }
}
