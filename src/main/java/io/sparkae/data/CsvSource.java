package io.sparkae.data;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Reads CSV files into tables of {@code features} and {@code label}, by Spark's own parser. */
public final class CsvSource {
  /**
   * How the files are read.
   *
   * @param header whether the first line of each file names the columns
   * @param delimiter what stands between two values
   * @param comment character that begins lines to leave out; none if empty
   * @param schema names and types of the columns as DDL; inferred from all rows if empty
   * @param features columns to use; all of numbers but the label if there are none
   * @param label column of the labels, of numbers or of words
   * @param labelNames words of the labels in the order of their numbers; empty to sort those that
   *     occur
   * @param invalid what becomes of rows that do not fit, lack a value, or have one that is not
   *     finite
   */
  public record Settings(
      boolean header,
      String delimiter,
      Optional<String> comment,
      Optional<String> schema,
      List<String> features,
      Optional<String> label,
      List<String> labelNames,
      InvalidRows invalid) {}

  /**
   * What was read.
   *
   * @param table features and, if there is one, label
   * @param leftOut columns that are no features, for they are not of numbers, with a word that is
   *     none where other values are
   */
  public record Result(Dataset<Row> table, List<String> leftOut) {}

  private static final String CORRUPT = "sparkae_corrupt";

  private final SparkSession spark;
  private final String path;
  private final Settings settings;

  private CsvSource(SparkSession spark, String path, Settings settings) {
    this.spark = spark;
    this.path = path;
    this.settings = settings;
  }

  /**
   * Reads a file, or a folder's files in the order of their names.
   *
   * @param spark the session that reads
   * @param path a file or a folder
   * @param settings columns and format
   * @return the table, and how it was read
   * @throws IOException if the path cannot be listed
   * @throws IllegalArgumentException if a column is missing or of another type, or a row does not
   *     fit
   */
  public static Result read(SparkSession spark, String path, Settings settings) throws IOException {
    return new CsvSource(spark, path, settings).read();
  }

  private DataFrameReader reader() {
    DataFrameReader reader = spark.read();
    settings.comment().ifPresent(comment -> reader.option("comment", comment));
    return reader
        .option("header", settings.header())
        .option("sep", settings.delimiter())
        .option("enforceSchema", false)
        .option("columnPruning", false)
        .option("columnNameOfCorruptRecord", CORRUPT);
  }

  private Result read() throws IOException {
    List<String> files = TextLines.files(spark, path);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(path + " holds no files");
    }
    StructType schema = schema(files);
    int label = settings.label().map(name -> index(schema, name)).orElse(-1);
    List<Integer> features = features(files, schema, label);
    Dataset<Row> all = null;
    for (String file : files) {
      Dataset<Row> rows = rows(file, schema, features, label);
      all = all == null ? rows : all.union(rows);
    }
    List<String> leftOut =
        IntStream.range(0, schema.size())
            .filter(i -> i != label && settings.features().isEmpty() && !features.contains(i))
            .mapToObj(i -> schema.apply(i).name())
            .toList();
    CsvWords words = words(files, schema);
    return new Result(
        table(all, schema, features, label),
        words.described(all, leftOut, settings.schema().isEmpty()));
  }

  private CsvWords words(List<String> files, StructType schema) {
    return new CsvWords(schema, files, file -> raw(file, schema), this::place);
  }

  /** Rows of a file as they are there, with the columns of a schema. */
  private Dataset<Row> raw(String file, StructType schema) {
    return reader().schema(schema).csv(file);
  }

  /** A row of a file, from 0, as it is counted in the file. */
  private String place(String file, long row) {
    return file + ", row " + (row + 1) + (settings.header() ? " after the header" : "");
  }

  private StructType schema(List<String> files) {
    if (settings.schema().isPresent()) {
      try {
        return StructType.fromDDL(settings.schema().get());
      } catch (Exception e) { // a ParseException, which Scala does not declare
        throw new IllegalArgumentException(
            "the schema must be such as 'a DOUBLE, b INT, name STRING', not "
                + settings.schema().get(),
            e);
      }
    }
    StructType schema =
        reader().option("inferSchema", true).csv(files.toArray(String[]::new)).schema();
    if (schema.isEmpty()) {
      throw new IllegalArgumentException(
          path + " is empty: it has neither a line of names nor rows");
    }
    return schema;
  }

  private int index(StructType schema, String name) {
    String[] names = schema.fieldNames();
    int found = Arrays.asList(names).indexOf(name);
    if (found < 0) {
      throw new IllegalArgumentException(
          path + " has no column " + name + ": its columns are " + String.join(", ", names));
    }
    return found;
  }

  private List<Integer> features(List<String> files, StructType schema, int label) {
    if (settings.features().isEmpty()) {
      List<Integer> numbers =
          IntStream.range(0, schema.size())
              .filter(i -> i != label && isNumber(schema.apply(i)))
              .boxed()
              .toList();
      if (numbers.isEmpty()) {
        throw new IllegalArgumentException(
            path
                + (files.stream().allMatch(file -> reader().csv(file).isEmpty())
                    ? " has a line of names and no rows: "
                    : " has no column of numbers to use: its columns are ")
                + String.join(", ", schema.fieldNames()));
      }
      return numbers;
    }
    List<Integer> named = new ArrayList<>();
    for (String name : settings.features()) {
      int found = index(schema, name);
      if (!isNumber(schema.apply(found))) {
        throw new IllegalArgumentException(
            "the features column "
                + name
                + " must be of numbers: "
                + words(files, schema)
                    .first(name)
                    .orElse("its type is " + schema.apply(found).dataType().simpleString()));
      }
      named.add(found);
    }
    return named;
  }

  private static boolean isNumber(StructField field) {
    return field.dataType() instanceof NumericType;
  }

  /** The rows of one file; those that do not fit stop the run or are left out. */
  private Dataset<Row> rows(String file, StructType schema, List<Integer> features, int label) {
    StructType all = schema.add(CORRUPT, DataTypes.StringType);
    Dataset<Row> rows = raw(file, all);
    CsvRowRule rule =
        new CsvRowRule(
            schema,
            features,
            label,
            new LinkedHashSet<>(settings.labelNames()),
            settings.invalid() == InvalidRows.KEEP);
    JavaRDD<Row> source = rows.toJavaRDD();
    if (settings.invalid() == InvalidRows.SKIP) {
      return spark.createDataFrame(source.filter(row -> rule.fault(row).isEmpty()), all);
    }
    List<Tuple2<Row, Long>> faulty =
        source.zipWithIndex().filter(row -> rule.fault(row._1()).isPresent()).take(1);
    for (Tuple2<Row, Long> row : faulty) {
      CsvRowRule.Fault fault = rule.fault(row._1()).orElseThrow();
      throw new IllegalArgumentException(
          place(file, row._2())
              + " "
              + fault.what()
              + ": mend it, or drop such rows with handleInvalid skip"
              + fault.wayOut());
    }
    return rows;
  }

  private Dataset<Row> table(
      Dataset<Row> rows, StructType schema, List<Integer> features, int label) {
    String[] inputs = features.stream().map(i -> schema.apply(i).name()).toArray(String[]::new);
    Dataset<Row> assembled = rows;
    String vectors = "sparkae_features";
    assembled =
        new VectorAssembler()
            .setInputCols(inputs)
            .setOutputCol(vectors)
            .setHandleInvalid("keep") // others are gone
            .transform(assembled);
    FeatureProvenance provenance =
        new FeatureProvenance("csv", new Path(path).getName(), Scaling.NONE, Optional.empty());
    Column column =
        col(vectors)
            .as(
                FeatureTables.FEATURES,
                provenance.addTo(assembled.schema().apply(vectors).metadata()));
    if (label < 0) {
      return assembled.select(column);
    }
    Dataset<Row> labelled = Labels.index(assembled, schema.apply(label), settings.labelNames());
    return labelled.select(column, col(FeatureTables.LABEL));
  }
}
