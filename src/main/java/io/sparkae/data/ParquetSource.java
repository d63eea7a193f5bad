package io.sparkae.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads Parquet tables in the order of their files, and makes feature tables of them. */
public final class ParquetSource {
  /** Files that a folder may have for its rows to be put in file order. */
  static final int MAX_ORDERED_FILES = 256;

  private ParquetSource() {}

  /**
   * Reads a table with its rows in the order in which they were written, whatever the number of
   * cores: Spark alone puts the larger files first. A folder of more than 256 files, or with
   * sub-folders, is read in Spark's order.
   *
   * @param spark the session that reads
   * @param path a Parquet file or folder
   * @return the table as it is
   * @throws IOException if the folder cannot be listed
   * @throws ForeignTypeException if a file names a class for a column that is not known
   */
  public static Dataset<Row> read(SparkSession spark, String path) throws IOException {
    Path folder = new Path(path);
    FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    List<FileStatus> parts =
        Arrays.stream(files.listStatus(folder))
            .filter(part -> !part.getPath().getName().matches("[._].*"))
            .sorted(Comparator.comparing(FileStatus::getPath))
            .toList();
    Dataset<Row> whole = ParquetSchema.read(spark, path);
    if (parts.size() < 2
        || parts.size() > MAX_ORDERED_FILES
        || parts.stream().anyMatch(FileStatus::isDirectory)) {
      return whole;
    }
    StructType schema = whole.schema();
    return parts.stream()
        .map(part -> spark.read().schema(schema).parquet(ParquetSchema.literal(part.getPath())))
        .reduce(Dataset::union)
        .orElse(whole);
  }

  /**
   * Makes a table of {@code features} and {@code label} from columns of another.
   *
   * @param table the other table
   * @param features its columns to use: one of vectors or arrays of numbers, or several of numbers
   * @param label its column to use as the label (numbers), if any
   * @param source what the provenance says about where the rows come from
   * @return the new table; its provenance is in the metadata of {@code features}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static Dataset<Row> select(
      Dataset<Row> table, List<String> features, Optional<String> label, String source) {
    StructType schema = table.schema();
    for (String name : features) {
      field(schema, name);
    }
    Dataset<Row> withFeatures = table;
    Column vectors;
    if (features.size() == 1 && !(type(schema, features.get(0)) instanceof NumericType)) {
      vectors = vectorColumn(table, features.get(0));
    } else {
      String assembled = "sparkae_features";
      withFeatures = assemble(table, features, assembled);
      vectors = withFeatures.col(assembled);
    }
    FeatureProvenance provenance =
        new FeatureProvenance("parquet", source, Scaling.NONE, Optional.empty());
    List<Column> columns = new ArrayList<>();
    StructField old = features.size() == 1 ? field(schema, features.get(0)) : null;
    boolean known = old != null && FeatureProvenance.of(old).isPresent();
    columns.add(
        vectors.as(
            FeatureTables.FEATURES,
            known
                ? old.metadata()
                : provenance.addTo(withFeatures.select(vectors).schema().fields()[0].metadata())));
    Dataset<Row> labelled = withFeatures;
    label.ifPresent(
        name -> {
          if (!(type(schema, name) instanceof NumericType)) {
            throw new IllegalArgumentException(
                "the label column " + name + " must be of numbers, not " + typeName(schema, name));
          }
          columns.add(labelled.col(name).cast(DataTypes.DoubleType).as(FeatureTables.LABEL));
        });
    return withFeatures.select(columns.toArray(Column[]::new));
  }

  private static Column vectorColumn(Dataset<Row> table, String name) {
    DataType type = type(table.schema(), name);
    if (type.equals(SQLDataTypes.VectorType())) {
      return table.col(name);
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return functions.array_to_vector(table.col(name));
    }
    throw new IllegalArgumentException(
        "the features column "
            + name
            + " must be of vectors, arrays of numbers or numbers, not "
            + typeName(table.schema(), name));
  }

  private static Dataset<Row> assemble(Dataset<Row> table, List<String> columns, String output) {
    for (String name : columns) {
      if (!(type(table.schema(), name) instanceof NumericType)) {
        throw new IllegalArgumentException(
            "several features columns must each be of numbers, but "
                + name
                + " is of "
                + typeName(table.schema(), name));
      }
    }
    Dataset<Row> checked = table;
    for (String name : columns) {
      Column number = table.col(quoted(name)).cast(DataTypes.DoubleType);
      Column present =
          org.apache
              .spark
              .sql
              .functions
              .udf((UDF1<Double, Double>) value -> present(name, value), DataTypes.DoubleType)
              .apply(number);
      checked = checked.withColumn(name, present.as(name, field(table.schema(), name).metadata()));
    }
    return new VectorAssembler()
        .setInputCols(columns.toArray(String[]::new))
        .setOutputCol(output)
        .transform(checked);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static Double present(String column, Double value) {
    if (value == null || value.isNaN()) {
      throw new IllegalArgumentException(
          "column "
              + column
              + " has "
              + (value == null ? "null" : "NaN")
              + " in a row: fill it in or leave such rows out beforehand, or leave out the column");
    }
    return value;
  }

  private static StructField field(StructType schema, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no column "
                        + name
                        + ": the columns are "
                        + String.join(", ", schema.fieldNames())));
  }

  private static DataType type(StructType schema, String name) {
    return field(schema, name).dataType();
  }

  private static String typeName(StructType schema, String name) {
    return type(schema, name).simpleString();
  }
}
