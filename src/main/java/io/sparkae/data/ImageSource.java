package io.sparkae.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads folders of images into a table of {@code features} and {@code label}: each sub-folder is a
 * label, images are read in the order of sub-folders and names. Images in the folder itself have no
 * label; there must be either those or sub-folders.
 */
public final class ImageSource {
  static final String FORMAT = "images";

  /** A file and the number of its folder. */
  private record Image(String file, int label) implements Serializable {}

  /**
   * Height and width that all images are brought to.
   *
   * @param resizes whether images of another size are resized; else they are refused
   */
  private record Size(int height, int width, boolean resizes) implements Serializable {}

  private ImageSource() {}

  /**
   * Lists the images and makes the (lazy) table.
   *
   * @param spark the session that reads
   * @param folder holds the images, or a folder of images for each label
   * @param colour whether pixels have three numbers; else one
   * @param height pixels from top to bottom to resize to; 0 to keep the size of the first image,
   *     which all others must then have
   * @param width the same from left to right
   * @param scaling {@link Scaling#UNIT} divides by 255
   * @return columns {@code features} and, where the images lie in folders, {@code label}
   * @throws IOException if the folders cannot be read
   * @throws IllegalArgumentException if there are no images
   * @throws LineFormatException if the first image cannot be read
   */
  public static Dataset<Row> read(
      SparkSession spark, String folder, boolean colour, int height, int width, Scaling scaling)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<String> labels = new ArrayList<>();
    List<Image> images = list(folder, hadoop, labels);
    if (images.isEmpty()) {
      throw new IllegalArgumentException(nothingIn(folder));
    }
    ImagePixels first = decode(images.get(0), colour, hadoop);
    Size size =
        height > 0 ? new Size(height, width, true) : new Size(first.height(), first.width(), false);
    boolean labelled = !labels.isEmpty();
    Broadcast<SerializableConfiguration> configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    Broadcast<List<Image>> listed =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(images);
    double divisor = scaling == Scaling.UNIT ? IdxSource.LARGEST_BYTE : 1;
    Dataset<Row> table =
        FeatureTables.of(
            spark,
            images.size(),
            0,
            new FeatureProvenance(
                FORMAT,
                new Path(folder).getName(),
                scaling,
                Optional.of(
                    new FeatureProvenance.ImageShape(size.height(), size.width(), colour ? 3 : 1))),
            labelled,
            range -> rows(range, listed.value(), colour, size, divisor, labelled, configuration));
    return labelled ? table.withMetadata(FeatureTables.LABEL, Labels.metadata(labels)) : table;
  }

  private static Iterator<Row> rows(
      FeatureTables.RowRange range,
      List<Image> images,
      boolean colour,
      Size size,
      double divisor,
      boolean labelled,
      Broadcast<SerializableConfiguration> configuration) {
    return FeatureTables.iterate(
        range,
        index -> {
          Image image = images.get((int) index);
          ImagePixels pixels = fit(image, colour, size, configuration.value().value());
          double[] values = pixels.values();
          for (int i = 0; i < values.length; i++) {
            values[i] /= divisor;
          }
          return labelled
              ? RowFactory.create(Vectors.dense(values), (double) image.label())
              : RowFactory.create(Vectors.dense(values));
        });
  }

  private static ImagePixels fit(Image image, boolean colour, Size size, Configuration hadoop) {
    ImagePixels pixels = decode(image, colour, hadoop);
    if (!size.resizes() && (pixels.height() != size.height() || pixels.width() != size.width())) {
      throw new LineFormatException(
          image.file(),
          String.format(
              "is %d x %d pixels, where the first image is %d x %d: give --size to resize them",
              pixels.width(), pixels.height(), size.width(), size.height()));
    }
    return pixels.resized(size.height(), size.width());
  }

  private static ImagePixels decode(Image image, boolean colour, Configuration hadoop) {
    Path path = new Path(image.file());
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return ImagePixels.decode(in, colour, image.file());
    } catch (IOException e) {
      throw new LineFormatException(image.file(), "cannot be read: " + e.getMessage());
    }
  }

  /**
   * The image files of a folder or of its sub-folders, in order.
   *
   * @throws IOException if the folders cannot be read
   * @throws IllegalArgumentException if there are none, or both kinds
   */
  static List<String> files(String folder, Configuration hadoop) throws IOException {
    List<String> files = list(folder, hadoop, new ArrayList<>()).stream().map(Image::file).toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException(nothingIn(folder));
    }
    return files;
  }

  private static String nothingIn(String folder) {
    return folder + " holds no images, nor do its sub-folders";
  }

  /** The images in order; {@code labels} takes the names of the sub-folders, if there are any. */
  private static List<Image> list(String folder, Configuration hadoop, List<String> labels)
      throws IOException {
    Path root = new Path(folder);
    FileSystem files = root.getFileSystem(hadoop);
    List<Image> images = new ArrayList<>();
    for (FileStatus entry : sorted(files.listStatus(root))) {
      if (!entry.isDirectory()) {
        images.add(new Image(entry.getPath().toString(), 0));
        continue;
      }
      if (images.size() > 0 && labels.isEmpty()) {
        throw new IllegalArgumentException(mixed(folder));
      }
      labels.add(entry.getPath().getName());
      for (FileStatus file : sorted(files.listStatus(entry.getPath()))) {
        if (file.isFile()) {
          images.add(new Image(file.getPath().toString(), labels.size() - 1));
        }
      }
    }
    if (!labels.isEmpty() && sorted(files.listStatus(root)).stream().anyMatch(FileStatus::isFile)) {
      throw new IllegalArgumentException(mixed(folder));
    }
    return images;
  }

  private static String mixed(String folder) {
    return folder + " holds both files and folders: put each image into the folder of its label";
  }

  private static List<FileStatus> sorted(FileStatus[] entries) {
    return Arrays.stream(entries)
        .filter(entry -> !entry.getPath().getName().matches("[._].*"))
        .sorted(Comparator.comparing(FileStatus::getPath))
        .toList();
  }
}
