package io.sparkae.jobs;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.IdxSource;
import io.sparkae.data.Scaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The data of the quickstart: MNIST if its four files are at hand, else generated rectangles.
 *
 * @param title what the data are, for a person
 * @param train rows to learn from
 * @param test rows to measure on
 */
record QuickstartData(String title, Dataset<Row> train, Dataset<Row> test) {
  private static final int TRAIN_RECTANGLES = 20_000;
  private static final int TEST_RECTANGLES = 5_000;

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
  private static final List<String> FILES =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  /**
   * Finds MNIST in a folder of data sets (in its folder {@code mnist}, or directly), or generates.
   *
   * @param folder the folder, if one is named
   */
  static QuickstartData find(SparkSession spark, Optional<String> folder, long seed)
      throws IOException {
    Optional<Path> mnist = folder.flatMap(QuickstartData::mnistFolder);
    return mnist.isPresent() ? mnist(spark, mnist.get()) : rectangles(spark, seed);
  }

  /** Where MNIST's four files lie, all of them gzip or not. */
  static Optional<Path> mnistFolder(String folder) {
    return Stream.of(Path.of(folder, "mnist"), Path.of(folder))
        .filter(path -> FILES.stream().allMatch(name -> Files.isReadable(file(path, name))))
        .findFirst();
  }

  /**
   * Checks that a folder which a person named has MNIST.
   *
   * @throws UsageException if not; the message names the first file that is missing
   */
  static void requireMnist(String option, String folder) {
    if (mnistFolder(folder).isPresent()) {
      return;
    }
    Path inside = Path.of(folder, "mnist");
    Path looked = Files.isDirectory(inside) ? inside : Path.of(folder);
    String missing =
        FILES.stream()
            .filter(name -> !Files.isReadable(file(looked, name)))
            .findFirst()
            .orElseThrow();
    throw new UsageException(
        "--"
            + option
            + " "
            + folder
            + " has not all of MNIST: "
            + looked.resolve(missing)
            + " is missing (with or without .gz)");
  }

  private static Path file(Path folder, String name) {
    Path packed = folder.resolve(name + ".gz");
    return Files.exists(packed) ? packed : folder.resolve(name);
  }

  private static QuickstartData mnist(SparkSession spark, Path folder) throws IOException {
    return new QuickstartData(
        "MNIST, handwritten digits, from " + folder,
        idx(spark, folder, TRAIN_IMAGES, TRAIN_LABELS),
        idx(spark, folder, TEST_IMAGES, TEST_LABELS));
  }

  private static Dataset<Row> idx(SparkSession spark, Path folder, String images, String labels)
      throws IOException {
    return IdxSource.read(
        spark,
        file(folder, images).toUri().toString(),
        Optional.of(file(folder, labels).toUri().toString()),
        Scaling.UNIT,
        0);
  }

  private static QuickstartData rectangles(SparkSession spark, long seed) {
    return new QuickstartData(
        "generated rectangles, tall or wide (SPARKAE_DATA names no folder with MNIST)",
        GeneratedSource.read(spark, "digits", seed, 0, TRAIN_RECTANGLES, 0),
        GeneratedSource.read(spark, "digits", seed, TRAIN_RECTANGLES, TEST_RECTANGLES, 0));
  }
}
