package io.sparkae.data;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Columns of CSV files that one word may make such of words.
 *
 * @param schema the columns
 * @param files in the order of their rows
 * @param raw the rows of a file as they are there
 * @param place a row of a file, from 0, in the words of a message
 */
record CsvWords(
    StructType schema, List<String> files, Function<String, Dataset<Row>> raw, Place place) {
  private static final String IS_WORD = "sparkae_word";

  private static final String WAYS_OUT =
      ": mend it, or name the features without it, or say by schema which type each column has (rows"
          + " with a word in a column of type DOUBLE go with handleInvalid skip)";

  /** Says where a row is. */
  @FunctionalInterface
  interface Place {
    String of(String file, long row);
  }

  private boolean isOfText(String column) {
    return schema.apply(column).dataType().equals(DataTypes.StringType);
  }

  private static Column isWord(String column) {
    Column text = col(Labels.quoted(column));
    return text.isNotNull().and(text.try_cast(DataTypes.DoubleType).isNull());
  }

  /**
   * The columns with what stands beside words in them.
   *
   * @param rows the rows that are used
   * @param columns those that are left out
   * @param inferred whether types are what the rows were found to be
   * @throws IllegalArgumentException if most values of a column of an inferred type are numbers
   */
  List<String> described(Dataset<Row> rows, List<String> columns, boolean inferred) {
    List<String> words = columns.stream().filter(this::isOfText).toList();
    if (words.isEmpty()) {
      return columns;
    }
    List<Column> counts = new ArrayList<>();
    for (String name : words) {
      Column text = col(Labels.quoted(name));
      counts.add(functions.count(text.try_cast(DataTypes.DoubleType)));
      counts.add(functions.count(text));
      counts.add(functions.first(functions.when(isWord(name), text), true));
    }
    Row found =
        rows.agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new)).head();
    List<String> told = new ArrayList<>();
    for (String name : columns) {
      int at = 3 * words.indexOf(name);
      if (at < 0 || found.getLong(at) == 0 || found.isNullAt(at + 2)) {
        told.add(name);
        continue;
      }
      long numbers = found.getLong(at);
      long values = found.getLong(at + 1);
      if (inferred && 2 * numbers > values) {
        throw new IllegalArgumentException(
            String.format(
                "%s, where %d of %d values are numbers%s",
                where(name).orElse(name), numbers, values, WAYS_OUT));
      }
      told.add(
          String.format(
              "%s (%d of %d values are, but not %s)",
              name, numbers, values, TextNumbers.shown(found.getString(at + 2))));
    }
    return told;
  }

  /** The first word of a column, where it is and what helps; empty if there is none. */
  Optional<String> first(String column) {
    return isOfText(column) ? where(column).map(line -> line + WAYS_OUT) : Optional.empty();
  }

  private Optional<String> where(String column) {
    for (String file : files) {
      List<Tuple2<Row, Long>> words =
          raw.apply(file)
              .withColumn(IS_WORD, isWord(column))
              .toJavaRDD()
              .zipWithIndex()
              .filter(row -> row._1().<Boolean>getAs(IS_WORD))
              .take(1);
      for (Tuple2<Row, Long> row : words) {
        return Optional.of(
            place.of(file, row._2())
                + " has '"
                + TextNumbers.shown(row._1().getAs(column))
                + "' in column "
                + column);
      }
    }
    return Optional.empty();
  }
}
