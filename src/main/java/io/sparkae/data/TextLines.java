package io.sparkae.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The lines of text files with the numbers that they have in their files, in order.
 *
 * <p>A plain file is split and read by many tasks; what is compressed by one each. Of a {@code
 * .zip} file the member is read whose name the caller gives, or the only one. No line may be longer
 * than {@link BoundedLines#TOO_LONG}.
 */
final class TextLines {
  /** A line, its file and its number there, from 1. */
  record Line(String text, String file, long number) implements Serializable {}

  private TextLines() {}

  /**
   * The lines of a file, or of a folder's files in the order of their names.
   *
   * @param member member of a zip file to read; null for the only one
   * @throws IOException if the path cannot be listed
   */
  static JavaRDD<Line> of(SparkSession spark, String path, String member) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<JavaRDD<Line>> files = new ArrayList<>();
    for (String file : files(spark, path)) {
      files.add(file.endsWith(".zip") ? zipped(context, file, member) : plain(context, file));
    }
    return files.stream()
        .reduce(JavaRDD::union)
        .orElseThrow(() -> new IOException(path + " holds no files"));
  }

  /** The file, or the folder's files. */
  static List<String> files(SparkSession spark, String path) throws IOException {
    Path root = new Path(path);
    FileSystem system = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    return Arrays.stream(system.listStatus(root))
        .filter(FileStatus::isFile)
        .map(FileStatus::getPath)
        .filter(file -> file.equals(system.makeQualified(root)) || !hidden(file))
        .sorted(Comparator.naturalOrder())
        .map(Path::toString)
        .toList();
  }

  private static boolean hidden(Path file) {
    return file.getName().matches("[._].*");
  }

  private static JavaRDD<Line> plain(JavaSparkContext context, String file) {
    return context
        .hadoopFile(
            file, BoundedLines.class, LongWritable.class, Text.class, context.defaultParallelism())
        .map(line -> line._2().toString())
        .zipWithIndex()
        .map(line -> new Line(line._1(), file, line._2() + 1));
  }

  private static JavaRDD<Line> zipped(JavaSparkContext context, String file, String member) {
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    return context
        .parallelize(List.of(file), 1)
        .flatMap(name -> lines(name, member, configuration.value().value()));
  }

  private static Iterator<Line> lines(String file, String member, Configuration hadoop)
      throws IOException {
    Path path = new Path(file);
    InputStream source = path.getFileSystem(hadoop).open(path);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(source));
    return new ZipLines(source, file, member, BoundedLines.TOO_LONG);
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
