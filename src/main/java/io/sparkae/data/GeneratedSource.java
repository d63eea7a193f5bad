package io.sparkae.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Draws a {@link GeneratedSet} as a table of {@code features} and {@code label}. */
public final class GeneratedSource {
  /** Rows that a task opens of a set at a time: some tens of megabytes of what it is made of. */
  private static final long ROWS_AT_A_TIME = 1 << 15;

  private GeneratedSource() {}

  /**
   * Rows of a set that is drawn by rules alone; see the other {@code read}.
   *
   * @param spark the session of the table
   * @param set one of {@link GeneratedSets#names}
   * @param seed seed of the set
   * @param firstRow place of the first row in the set, from 0
   * @param rows rows of the table, at least 0
   * @param partitions partitions of the table, or 0 for the session's default parallelism; the rows
   *     do not depend on it
   * @return columns {@code features} and {@code label}, computed when they are used
   * @throws IllegalArgumentException if there is no such set, or it is made of files
   */
  public static Dataset<Row> read(
      SparkSession spark, String set, long seed, long firstRow, long rows, int partitions) {
    GeneratedSets.of(set, seed);
    try {
      SetSpec spec = new SetSpec(GeneratedSets.kind(set), seed, SetFiles.NONE);
      return read(spark, spec, firstRow, rows, partitions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Rows {@code firstRow} to {@code firstRow + rows - 1} of a set, in order. The metadata of the
   * label has the names of the labels, as Spark ML's nominal attributes have them. Every task reads
   * of the set's files what its rows need.
   *
   * @param spark the session of the table
   * @param set which set, with its seed and files
   * @param firstRow place of the first row in the set, from 0
   * @param rows rows of the table, at least 0
   * @param partitions partitions of the table, or 0 for the session's default parallelism; the rows
   *     do not depend on it
   * @return columns {@code features} and {@code label}, computed when they are used
   * @throws IllegalArgumentException if the set has fewer rows
   * @throws IdxFormatException if a file of digits is malformed
   * @throws IOException if one cannot be read
   */
  public static Dataset<Row> read(
      SparkSession spark, SetSpec set, long firstRow, long rows, int partitions)
      throws IOException {
    requireRows(spark, set, firstRow + rows);
    GeneratedSet sample = set.open(opener(spark), firstRow, firstRow);
    int pixels = sample.image().height() * sample.image().width() * sample.image().channels();
    FeatureProvenance provenance =
        new FeatureProvenance(
            set.kind().label(),
            "seed " + set.seed() + ", rows from " + firstRow,
            Scaling.UNIT,
            Optional.of(sample.image()));
    Broadcast<SerializableConfiguration> configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    return FeatureTables.of(
            spark,
            rows,
            partitions,
            provenance,
            true,
            range -> {
              OpenRows open =
                  new OpenRows(set, opener(configuration.value().value()), firstRow, range.end());
              return FeatureTables.iterate(
                  range,
                  index -> {
                    double[] features = new double[pixels];
                    double label = open.at(index).draw(firstRow + index, features);
                    return RowFactory.create(Vectors.dense(features), label);
                  });
            })
        .withMetadata(FeatureTables.LABEL, Labels.metadata(sample.labels()));
  }

  /**
   * Checks, from the headers of the files alone, that a set has its first {@code rows} rows.
   *
   * @param spark opens the files
   * @param set which set, of which files
   * @param rows how many are wanted
   * @throws IllegalArgumentException if it has fewer
   * @throws IdxFormatException if a file of digits is malformed
   * @throws IOException if one cannot be read
   */
  public static void requireRows(SparkSession spark, SetSpec set, long rows) throws IOException {
    set.kind().requireRows(set.files(), opener(spark), rows);
  }

  /**
   * {@return the image files of a folder, or of the folders in it, in order}
   *
   * @param spark opens the folder
   * @param folder its path
   * @throws IOException if the folder cannot be read
   */
  public static List<String> pictures(SparkSession spark, String folder) throws IOException {
    return ImageSource.files(folder, spark.sparkContext().hadoopConfiguration());
  }

  /**
   * {@return what opens files as Spark does}
   *
   * @param spark has the settings of file systems
   */
  public static FileOpener opener(SparkSession spark) {
    return opener(spark.sparkContext().hadoopConfiguration());
  }

  private static FileOpener opener(Configuration hadoop) {
    return file -> {
      Path path = new Path(file);
      return path.getFileSystem(hadoop).open(path);
    };
  }

  /** The rows of a task, some of them opened at a time. */
  private static final class OpenRows {
    private final SetSpec set;
    private final FileOpener opener;
    private final long firstRow;
    private final long end;
    private GeneratedSet open;
    private long openEnd;

    OpenRows(SetSpec set, FileOpener opener, long firstRow, long end) {
      this.set = set;
      this.opener = opener;
      this.firstRow = firstRow;
      this.end = end;
    }

    /** The set with a row opened; rows are asked for in order. */
    GeneratedSet at(long index) throws IOException {
      if (open == null || index >= openEnd) {
        openEnd = Math.min(end, index + ROWS_AT_A_TIME);
        open = set.open(opener, firstRow + index, firstRow + openEnd);
      }
      return open;
    }
  }
}
