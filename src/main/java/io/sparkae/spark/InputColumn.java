package io.sparkae.spark;

import io.sparkae.core.graph.ColumnSpec;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What plays a role in a training: a DataFrame column, or several of numbers side by side.
 *
 * @param columns names in the DataFrame: one of a {@code Vector}, {@code array<float>}, {@code
 *     array<double>} or number, or as many of numbers as the width
 * @param spec role, width and storage
 * @param lowest least value that is allowed, −∞ for any
 * @param highest greatest value that is allowed, +∞ for any
 * @param rangeReason who needs that range, for the message
 * @param missing whether NaN is allowed, for what is missing
 */
public record InputColumn(
    List<String> columns,
    ColumnSpec spec,
    double lowest,
    double highest,
    String rangeReason,
    boolean missing)
    implements Serializable {
  /** Below this part of non-zero elements, touching those alone is quicker than a dense product. */
  private static final double SPARSE_DENSITY = 0.05;

  /**
   * Copies the names.
   *
   * @param columns one, or as many as the width
   * @param spec dense if there are several columns
   * @param lowest −∞ for any
   * @param highest +∞ for any
   * @param rangeReason any
   * @param missing any
   * @throws IllegalArgumentException if several columns are not as many as the width, or are to be
   *     sparse
   */
  public InputColumn {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.size() > 1 && columns.size() != spec.width()) {
      throw new IllegalArgumentException(
          "an input of width " + spec.width() + " cannot be read from the columns " + columns);
    }
    if (columns.size() > 1 && spec.sparse()) {
      throw new IllegalArgumentException("columns of numbers are dense: " + columns);
    }
  }

  /**
   * {@return the column of that name, whatever characters are in it}
   *
   * @param name any name, dots and backticks included
   */
  public static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /**
   * {@return columns of numbers as one of arrays of doubles}
   *
   * @param names of the DataFrame's columns
   */
  public static Column numbers(List<String> names) {
    return functions.array(
        names.stream().map(name -> named(name).cast(DataTypes.DoubleType)).toArray(Column[]::new));
  }

  /**
   * {@return whether rows are better kept as their non-zero elements}
   *
   * @param nonZeros elements that are not 0
   * @param elements elements in all
   */
  public static boolean isSparse(long nonZeros, long elements) {
    return nonZeros <= SPARSE_DENSITY * elements;
  }

  /** {@return the same with rows stored in full} */
  public InputColumn dense() {
    ColumnSpec dense = ColumnSpec.dense(spec.name(), spec.width());
    return new InputColumn(columns, dense, lowest, highest, rangeReason, missing);
  }

  /** The DataFrame's columns. */
  Stream<Column> sqlColumns() {
    return columns.stream().map(InputColumn::named);
  }

  /**
   * {@return a column of any finite values}
   *
   * @param column name of the DataFrame's column
   * @param spec what becomes of it in a minibatch
   */
  public static InputColumn of(String column, ColumnSpec spec) {
    return of(List.of(column), spec);
  }

  /**
   * {@return one or several columns of any finite values}
   *
   * @param columns names of the DataFrame's columns
   * @param spec what becomes of them in a minibatch
   */
  public static InputColumn of(List<String> columns, ColumnSpec spec) {
    return new InputColumn(
        columns, spec, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "", false);
  }

  /**
   * {@return the same columns, their values within a range}
   *
   * @param least least value that is allowed
   * @param greatest greatest value that is allowed
   * @param reason who needs that range, for the message
   */
  public InputColumn within(double least, double greatest, String reason) {
    return new InputColumn(columns, spec, least, greatest, reason, missing);
  }

  /** {@return the same columns, where NaN marks what is missing} */
  public InputColumn withMissing() {
    return new InputColumn(columns, spec, lowest, highest, rangeReason, true);
  }
}
