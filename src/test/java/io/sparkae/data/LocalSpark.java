package io.sparkae.data;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of the tests of this JVM. */
public final class LocalSpark {
  private LocalSpark() {}

  /** The session, made on first use and left to the end of the JVM. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }
}
