package io.sparkae.jobs;

import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Inputs and outputs of commands: checks them before the work starts, in one clear line. */
final class Storage {
  private final SparkSession spark;

  Storage(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Checks that an input is there.
   *
   * @throws UsageException if it is not
   * @throws IOException if the file system cannot be asked
   */
  void requireInput(String option, String path) throws IOException {
    Path file = path(option, path);
    FileSystem files = fileSystem(option, file);
    if (!files.exists(file)) {
      throw new UsageException(
          "--" + option + " " + path + " does not exist" + siblings(files, file));
    }
  }

  /**
   * Checks that an input folder has what it must have.
   *
   * @throws UsageException if {@code inside} is not in it; the message calls it no {@code what}
   * @throws IOException if the file system cannot be asked
   */
  void requireInside(String option, String path, String inside, String what) throws IOException {
    Path file = new Path(path(option, path), inside);
    if (!fileSystem(option, file).exists(file)) {
      throw new UsageException("--" + option + " " + path + " is not " + what);
    }
  }

  /**
   * Checks that an output may be written.
   *
   * @throws UsageException if it exists and is not to be replaced
   * @throws IOException if the file system cannot be asked
   */
  void requireOutput(String option, String path, boolean overwrite) throws IOException {
    Path file = path(option, path);
    if (!overwrite && fileSystem(option, file).exists(file)) {
      throw new UsageException(
          "--"
              + option
              + " "
              + path
              + " exists: name another one or add --overwrite to replace it");
    }
  }

  /**
   * Checks that a command does not replace what it reads.
   *
   * @throws UsageException if the two are the same folder or one lies in the other
   */
  void requireApart(String option, String output, String inputOption, String input)
      throws IOException {
    String written = qualified(option, output);
    String read = qualified(inputOption, input);
    if ((written + "/").startsWith(read + "/") || (read + "/").startsWith(written + "/")) {
      throw new UsageException(
          "--"
              + option
              + " "
              + output
              + " and --"
              + inputOption
              + " "
              + input
              + " overlap: write somewhere else");
    }
  }

  /**
   * Reads a Parquet table in the order of its files.
   *
   * @throws UsageException if there is none at the path
   */
  Dataset<Row> table(String option, String path) throws IOException {
    requireInput(option, path);
    try {
      return ParquetSource.read(spark, path);
    } catch (Exception e) {
      if (e instanceof AnalysisException || Failures.line(e).contains("Parquet")) {
        throw new UsageException(
            "--" + option + " " + path + " holds no Parquet table (ingest makes one)");
      }
      throw e;
    }
  }

  /**
   * Checks that a table has columns.
   *
   * @throws UsageException if one is missing; the message lists those that are there
   */
  static void requireColumn(String option, StructType schema, String column) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new UsageException(
          "--"
              + option
              + " "
              + column
              + " is no column of the table: it has "
              + String.join(", ", schema.fieldNames()));
    }
  }

  /**
   * Writes a table as Parquet, its partitions becoming files in their order; see {@link #whole}.
   */
  void write(Dataset<Row> table, String output, boolean overwrite) throws IOException {
    whole(output, overwrite, folder -> table.write().parquet(folder));
  }

  /**
   * Writes a file that is there whole or not at all; see {@link #whole}.
   *
   * @throws UsageException if it exists and is not to be replaced
   */
  void writeFile(String output, byte[] content, boolean overwrite) throws IOException {
    whole(output, overwrite, name -> createFile(name, content));
  }

  /** Writes a new file, without the checksum file that Hadoop's own local file system makes. */
  void createFile(String name, byte[] content) throws IOException {
    Path file = new Path(name);
    FileSystem files = fileSystem("output", file);
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
    try (OutputStream out = plain.create(file, false)) {
      out.write(content);
    }
  }

  /**
   * Writes a folder or file that is there whole or not at all: into a hidden folder beside it,
   * which takes its name in the end. What was at the path stays there until then, and if the
   * writing fails.
   *
   * @throws UsageException if the output exists and is not to be replaced
   */
  void whole(String output, boolean overwrite, Writing writing) throws IOException {
    Path path = path("output", output);
    FileSystem files = fileSystem("output", path);
    Path target = files.makeQualified(path);
    if (target.isRoot()) {
      throw new UsageException("--output " + output + " is no folder that can be written");
    }
    Path temporary = new Path(target.getParent(), "." + target.getName() + "-" + UUID.randomUUID());
    try {
      writing.write(temporary.toString());
      requireOutput("output", output, overwrite);
      replace(files, target, temporary);
    } finally {
      files.delete(temporary, true);
    }
  }

  private static void replace(FileSystem files, Path target, Path temporary) throws IOException {
    if (!files.exists(target)) {
      rename(files, temporary, target);
      return;
    }
    Path old = temporary.suffix("-old");
    rename(files, target, old);
    try {
      rename(files, temporary, target);
    } catch (IOException e) {
      rename(files, old, target);
      throw e;
    }
    files.delete(old, true);
  }

  private static void rename(FileSystem files, Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  /** Writes a folder or file that does not exist yet. */
  @FunctionalInterface
  interface Writing {
    /** Makes it, and if it is a folder all that is in it. */
    void write(String path) throws IOException;
  }

  private String qualified(String option, String path) throws IOException {
    Path file = path(option, path);
    return fileSystem(option, file).makeQualified(file).toString();
  }

  private Path path(String option, String path) {
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + option + " must be a path, not " + path);
    }
  }

  private FileSystem fileSystem(String option, Path path) throws IOException {
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (UnsupportedFileSystemException e) {
      throw new UsageException("--" + option + " " + path + ": " + e.getMessage());
    }
  }

  private static String siblings(FileSystem files, Path missing) throws IOException {
    Path parent = missing.getParent();
    if (parent == null || !files.exists(parent)) {
      return parent == null ? "" : ": nor does the folder " + parent;
    }
    List<String> names =
        Arrays.stream(files.listStatus(parent))
            .map(FileStatus::getPath)
            .map(Path::getName)
            .filter(name -> !name.startsWith("."))
            .sorted()
            .toList();
    return Nearest.of(missing.getName(), names)
        .map(name -> ": did you mean " + new Path(parent, name) + "?")
        .orElse(
            names.isEmpty()
                ? ": the folder is empty"
                : ": the folder has "
                    + names.stream().limit(8).collect(Collectors.joining(", "))
                    + (names.size() > 8 ? ", ..." : ""));
  }
}
