package io.sparkae.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads IDX files into a table of {@code features} and {@code label}, its rows in the order of the
 * file; each task opens the files itself and passes over the rows before its own.
 */
public final class IdxSource {
  static final String FORMAT = "idx";

  /** What unit scaling divides unsigned bytes by. */
  static final double LARGEST_BYTE = 255;

  private IdxSource() {}

  /**
   * Opens the files, checks their headers and makes the (lazy) table.
   *
   * @param spark the session that reads
   * @param images path of the file of the features; its first dimension is the rows
   * @param labels path of the file of the labels (one dimension, as many rows), if there is one
   * @param scaling how elements become features; {@link Scaling#UNIT} needs unsigned bytes
   * @param partitions partitions of the table, or 0 for the session's default parallelism
   * @return columns {@code features} and, if there are labels, {@code label}
   * @throws IdxFormatException if a file is malformed or the two do not belong together
   * @throws IllegalArgumentException if {@code scaling} does not suit the elements
   * @throws IOException if a file cannot be read
   */
  public static Dataset<Row> read(
      SparkSession spark, String images, Optional<String> labels, Scaling scaling, int partitions)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    IdxHeader header = checkedHeader(images, hadoop);
    if (scaling == Scaling.UNIT && header.type() != IdxType.UNSIGNED_BYTE) {
      throw new IllegalArgumentException(
          "scale unit divides unsigned bytes by 255, but "
              + images
              + " has "
              + header.type()
              + " elements: use scale none");
    }
    if (labels.isPresent()) {
      checkLabels(labels.get(), checkedHeader(labels.get(), hadoop), images, header);
    }
    Broadcast<SerializableConfiguration> configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    String imageFile = qualified(images, hadoop);
    String labelFile = labels.isPresent() ? qualified(labels.get(), hadoop) : null;
    return FeatureTables.of(
        spark,
        header.rows(),
        partitions,
        new FeatureProvenance(FORMAT, new Path(images).getName(), scaling, imageShape(header)),
        labels.isPresent(),
        range -> rows(range, imageFile, labelFile, scaling, configuration.value().value()));
  }

  /** The same file from wherever an executor runs. */
  private static String qualified(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    return path.getFileSystem(hadoop).makeQualified(path).toString();
  }

  private static IdxHeader checkedHeader(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    FileSystem files = path.getFileSystem(hadoop);
    FileStatus status = files.getFileStatus(path);
    if (status.isDirectory()) {
      throw new IllegalArgumentException(file + " is a folder: name one file in IDX format");
    }
    long length = status.getLen();
    try (IdxReader reader = IdxReader.open(files.open(path), file)) {
      reader.checkLength(length);
      return reader.header();
    }
  }

  static void checkLabels(
      String labels, IdxHeader labelHeader, String images, IdxHeader imageHeader)
      throws IdxFormatException {
    if (labelHeader.dimensions().size() != 1) {
      throw new IdxFormatException(labels, "labels have one dimension, not " + labelHeader.shape());
    }
    if (labelHeader.rows() != imageHeader.rows()) {
      throw new IdxFormatException(
          labels,
          labelHeader.rows()
              + " labels do not fit the "
              + imageHeader.rows()
              + " rows of "
              + images);
    }
  }

  private static Optional<FeatureProvenance.ImageShape> imageShape(IdxHeader header) {
    return header.dimensions().size() == 3
        ? Optional.of(
            new FeatureProvenance.ImageShape(
                header.dimensions().get(1), header.dimensions().get(2), 1))
        : Optional.empty();
  }

  private static Iterator<Row> rows(
      FeatureTables.RowRange range,
      String images,
      String labels,
      Scaling scaling,
      Configuration hadoop)
      throws IOException {
    IdxReader features = openInTask(images, range.start(), hadoop);
    IdxReader label = labels == null ? null : openInTask(labels, range.start(), hadoop);
    double[] labelValue = new double[1];
    return FeatureTables.iterate(
        range,
        index -> {
          double[] values = new double[features.header().rowLength()];
          readRow(features, values);
          if (scaling == Scaling.UNIT) {
            divideInPlace(values, LARGEST_BYTE);
          }
          if (label == null) {
            return RowFactory.create(Vectors.dense(values));
          }
          readRow(label, labelValue);
          return RowFactory.create(Vectors.dense(values), labelValue[0]);
        });
  }

  private static void readRow(IdxReader reader, double[] values) throws IOException {
    reader.readRow(values);
    if (!reader.hasNext()) {
      reader.checkEnd();
    }
  }

  private static void divideInPlace(double[] values, double divisor) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
  }

  private static IdxReader openInTask(String file, long firstRow, Configuration hadoop)
      throws IOException {
    Path path = new Path(file);
    IdxReader reader = IdxReader.open(path.getFileSystem(hadoop).open(path), file);
    TaskContext.get()
        .addTaskCompletionListener(
            context -> {
              try {
                reader.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    reader.skipRows(firstRow);
    return reader;
  }
}
