package io.sparkae.spark;

import io.sparkae.core.graph.ColumnSpec;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A DataFrame column and the role that it plays.
 *
 * @param column name in the DataFrame: a {@code Vector}, {@code array<float>}, {@code
 *     array<double>} or number
 * @param spec role, width and storage
 * @param lowest least value that is allowed, −∞ for any
 * @param highest greatest value that is allowed, +∞ for any
 * @param rangeReason who needs that range, for the message
 */
public record InputColumn(
    String column, ColumnSpec spec, double lowest, double highest, String rangeReason)
    implements Serializable {
  /**
   * {@return the column of that name, whatever characters are in it}
   *
   * @param name any name, dots and backticks included
   */
  public static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The DataFrame's column. */
  Column sqlColumn() {
    return named(column);
  }

  /**
   * {@return a column of any finite values}
   *
   * @param column name of the DataFrame's column
   * @param spec what becomes of it in a minibatch
   */
  public static InputColumn of(String column, ColumnSpec spec) {
    return new InputColumn(column, spec, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");
  }
}
