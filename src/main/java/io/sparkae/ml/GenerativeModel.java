package io.sparkae.ml;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A trained model with a distribution of codes to draw from. */
public interface GenerativeModel extends DecodingModel {
  /**
   * Draws codes.
   *
   * @param spark where they are made
   * @param rows how many
   * @param seed of the draws: a code is the same in any number of partitions
   * @return {@code id} (0, 1, 2…) and {@code code}, computed when it is used
   */
  Dataset<Row> sampleCodes(SparkSession spark, long rows, long seed);

  /**
   * Draws codes, and makes the rows that they lead to.
   *
   * @param spark where the rows are made
   * @param rows how many
   * @param seed of the draws: a row is the same in any number of partitions
   * @return {@code id} (0, 1, 2…), {@code code} and {@code features}, computed when it is used
   */
  default Dataset<Row> sample(SparkSession spark, long rows, long seed) {
    return decode(sampleCodes(spark, rows, seed), "code", "features");
  }
}
