package io.sparkae.jobs;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.IdxSource;
import io.sparkae.data.Scaling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The data of the quickstart: MNIST if it is at hand or can be downloaded, else drawn digits.
 *
 * @param title what the data are, for a person
 * @param train rows to learn from
 * @param test rows to measure on
 */
record QuickstartData(String title, Dataset<Row> train, Dataset<Row> test) {
  private static final int TRAIN_DIGITS = 60_000;
  private static final int TEST_DIGITS = 10_000;

  /**
   * Finds MNIST or downloads it, or else draws digits.
   *
   * @param seed seed of the drawn digits
   * @param arrived told of each file that is downloaded
   */
  static QuickstartData find(
      SparkSession spark, MnistSearch search, long seed, Consumer<Path> arrived)
      throws IOException {
    MnistSearch.Found found = search.find(arrived);
    return found.folder().isPresent()
        ? mnist(spark, found.folder().get())
        : digits(spark, search.download().folder(), found.hindrance(), seed);
  }

  private static QuickstartData mnist(SparkSession spark, Path folder) throws IOException {
    return new QuickstartData(
        "MNIST, handwritten digits, from " + folder,
        idx(spark, folder, Mnist.TRAIN_IMAGES, Mnist.TRAIN_LABELS),
        idx(spark, folder, Mnist.TEST_IMAGES, Mnist.TEST_LABELS));
  }

  private static Dataset<Row> idx(SparkSession spark, Path folder, String images, String labels)
      throws IOException {
    return IdxSource.read(
        spark,
        Mnist.file(folder, images).toUri().toString(),
        Optional.of(Mnist.file(folder, labels).toUri().toString()),
        Scaling.UNIT,
        0);
  }

  private static QuickstartData digits(
      SparkSession spark, Path cache, String hindrance, long seed) {
    return new QuickstartData(
        String.format(
            "drawn digits (no MNIST in SPARKAE_DATA or %s; download: %s)", cache, hindrance),
        GeneratedSource.read(spark, "digits", seed, 0, TRAIN_DIGITS, 0),
        GeneratedSource.read(spark, "digits", seed, TRAIN_DIGITS, TEST_DIGITS, 0));
  }
}
