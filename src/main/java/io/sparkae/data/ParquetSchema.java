package io.sparkae.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkae.core.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a Parquet table, by the footer of its first file. Footers name classes of column
 * types, and expressions for columns that a file lacks; Spark alone would load the former and
 * evaluate the latter. Here a footer is looked at before Spark reads it, and all files are read
 * with the columns of the first, so that no other footer says what columns are.
 */
public final class ParquetSchema {
  /** Where Spark keeps the columns in a footer. */
  private static final String KEY = "org.apache.spark.sql.parquet.row.metadata";

  /** Files of footers alone, which Spark would prefer. */
  private static final Set<String> SUMMARIES = Set.of("_metadata", "_common_metadata");

  private static final String MERGE = "spark.sql.parquet.mergeSchema";

  /** Types of columns that are read although a class makes them. */
  private static final Set<String> KNOWN =
      Set.of(
          "org.apache.spark.ml.linalg.VectorUDT",
          "org.apache.spark.ml.linalg.MatrixUDT",
          "org.apache.spark.mllib.linalg.VectorUDT",
          "org.apache.spark.mllib.linalg.MatrixUDT");

  /** Expressions among a column's metadata. */
  private static final List<String> EXPRESSIONS = List.of("EXISTS_DEFAULT", "CURRENT_DEFAULT");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ParquetSchema() {}

  /**
   * Reads a table in Spark's order.
   *
   * @param spark the session that reads
   * @param path a Parquet file or folder
   * @return the table
   * @throws ForeignTypeException if a footer names a class that is not known
   */
  public static Dataset<Row> read(SparkSession spark, String path) {
    return spark.read().schema(of(spark, path)).parquet(path);
  }

  /**
   * {@return the columns in a table's files, by the first of them; by all if Spark is told to merge
   * them}
   *
   * @param spark the session that reads
   * @param path a Parquet file or folder
   * @throws ForeignTypeException if a footer names a class that is not known
   * @throws UncheckedIOException if a footer cannot be read
   */
  static StructType of(SparkSession spark, String path) {
    List<Path> files = files(spark, path);
    if (files.isEmpty()) {
      return spark.read().parquet(path).schema(); // there is nothing to infer from: Spark says so
    }
    boolean merge = Boolean.parseBoolean(spark.conf().get(MERGE, "false").strip());
    List<Path> asked = merge ? files : files.subList(0, 1);
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    asked.forEach(file -> check(file, footer(file, conf)));
    return withoutExpressions(
        spark.read().parquet(asked.stream().map(ParquetSchema::literal).toArray(String[]::new)));
  }

  /** The files that Spark reads rows from, in the order in which it looks for columns. */
  private static List<Path> files(SparkSession spark, String path) {
    Dataset<Row> nothingInferred = spark.read().schema(new StructType()).parquet(path);
    List<Path> all =
        Stream.of(nothingInferred.inputFiles())
            .map(file -> new Path(URI.create(file)))
            .sorted(Comparator.comparing(Path::toString))
            .toList();
    List<Path> data = all.stream().filter(file -> !SUMMARIES.contains(file.getName())).toList();
    return data.isEmpty() ? all : data;
  }

  /** The path of a file as Spark takes it, whatever characters it has. */
  static String literal(Path file) {
    return file.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
  }

  private static String footer(Path file, Configuration conf) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, conf),
            HadoopReadOptions.builder(conf, file)
                .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
                .build())) {
      return reader.getFileMetaData().getKeyValueMetaData().get(KEY);
    } catch (IOException | RuntimeException e) { // the latter if bytes make no footer
      throw new UncheckedIOException(
          "the footer of " + file + " cannot be read", new IOException(e));
    }
  }

  /**
   * Refuses classes that are not known.
   *
   * @param file whose footer it is, for errors
   * @param json the columns, as Spark keeps them; null if something else wrote the file
   * @throws ForeignTypeException if there are any, or it cannot be told
   */
  static void check(Path file, String json) {
    if (json == null) {
      return;
    }
    JsonNode fields;
    try {
      fields = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      fields = MAPPER.missingNode();
    }
    if (!fields.isObject()) {
      throw new ForeignTypeException(
          file + " has columns in its footer that are no JSON: write the table anew");
    }
    for (JsonNode field : fields.path("fields")) {
      check(file, "its column " + Check.shown(field.path("name").asText()), field);
    }
    check(file, "its columns", fields);
  }

  private static void check(Path file, String column, JsonNode tree) {
    JsonNode type = tree.get("class");
    boolean made = type != null && tree.path("type").asText().equals("udt");
    if (made && !KNOWN.contains(type.asText())) {
      throw new ForeignTypeException(
          file
              + " has in "
              + column
              + " a type of the class "
              + Check.shown(type.asText())
              + ", which is not loaded: write the table without it, or as vectors, arrays or"
              + " numbers");
    }
    tree.forEach(inside -> check(file, column, inside));
  }

  private static StructType withoutExpressions(Dataset<Row> table) {
    String json = table.schema().json();
    if (EXPRESSIONS.stream().noneMatch(json::contains)) {
      return table.schema();
    }
    try {
      JsonNode tree = MAPPER.readTree(json);
      for (String name : EXPRESSIONS) {
        tree.findParents(name).forEach(parent -> ((ObjectNode) parent).remove(name));
      }
      return (StructType) DataType.fromJson(tree.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark's columns are no JSON", e);
    }
  }
}
