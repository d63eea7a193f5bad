package io.sparkae.jobs;

import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Inputs and outputs of commands: checks them before the work starts, in one clear line. */
final class Storage {
  /** How long the tasks of a failed job are waited for. */
  private static final long TASK_SECONDS = 10;

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
   * Checks, before any work, that a folder may be written and can be.
   *
   * @throws UsageException if it exists and is not to be replaced, or is nothing that sparkae or
   *     Spark wrote, or its place cannot be written
   * @throws IOException if the file system cannot be asked
   */
  void requireOutput(String option, String path, boolean overwrite) throws IOException {
    OutputFolder output = output(option, path);
    requireFree(option, path, output.obstacle(), output, overwrite);
    requireWritable(option, path, output);
  }

  /**
   * The same for a file: an older one is replaced only if its name has the same ending.
   *
   * @param ending such as {@code .html}
   */
  void requireFile(String option, String path, boolean overwrite, String ending)
      throws IOException {
    OutputFolder output = output(option, path);
    requireFree(option, path, output.obstacle(ending), output, overwrite);
    requireWritable(option, path, output);
  }

  private static void requireFree(
      String option, String path, Optional<String> obstacle, OutputFolder output, boolean overwrite)
      throws IOException {
    if (obstacle.isPresent()) {
      throw new UsageException(
          "--"
              + option
              + " "
              + path
              + " "
              + obstacle.get()
              + ", which is never replaced: name another path");
    }
    if (!overwrite && output.files().exists(output.path())) {
      throw new UsageException(
          "--"
              + option
              + " "
              + path
              + " exists: name another one or add --overwrite to replace it");
    }
  }

  private static void requireWritable(String option, String path, OutputFolder output) {
    try {
      output.probe();
    } catch (IOException e) {
      throw new UsageException(
          "--" + option + " " + path + " cannot be written: " + Failures.line(e));
    }
  }

  private OutputFolder output(String option, String path) throws IOException {
    Path file = path(option, path);
    FileSystem files = fileSystem(option, file);
    Path qualified = files.makeQualified(file);
    if (qualified.isRoot()) {
      throw new UsageException("--" + option + " " + path + " is no folder that can be written");
    }
    return new OutputFolder(files, qualified);
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
    Path folder = path(option, path);
    Optional<String> other = ParquetFiles.firstOther(fileSystem(option, folder), folder);
    if (other.isPresent()) {
      throw new UsageException(
          "--" + option + " " + path + " holds no Parquet table: " + other.get() + " is none");
    }
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
    OutputFolder place = output("output", output);
    whole(
        place,
        () -> requireFree("output", output, place.obstacle(""), place, overwrite),
        name -> createFile(name, content));
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
   * Writes a folder that is there whole or not at all: into a hidden folder beside it, which takes
   * its name in the end. What was at the path stays there until then, and if the writing fails.
   *
   * @throws UsageException if the output exists and is not to be replaced
   */
  void whole(String output, boolean overwrite, Writing writing) throws IOException {
    OutputFolder folder = output("output", output);
    whole(
        folder, () -> requireFree("output", output, folder.obstacle(), folder, overwrite), writing);
  }

  private void whole(OutputFolder output, Checking stillFree, Writing writing) throws IOException {
    Path temporary = output.temporary();
    try {
      writing.write(temporary.toString());
      stillFree.check();
      output.replaceBy(temporary);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      awaitTasks(); // those of a failed job end after it, and would make the folder anew
      throw failure;
    } finally {
      output.files().delete(temporary, true);
    }
  }

  /** Looks again, after the work, whether the output may be written. */
  @FunctionalInterface
  private interface Checking {
    void check() throws IOException;
  }

  /** Waits until no task runs any more, for a few seconds at most. */
  private void awaitTasks() {
    long end = System.nanoTime() + TASK_SECONDS * 1_000_000_000L;
    try {
      while (running() > 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int running() {
    return spark.sparkContext().isStopped()
        ? 0
        : Arrays.stream(spark.sparkContext().statusTracker().getExecutorInfos())
            .mapToInt(SparkExecutorInfo::numRunningTasks)
            .sum();
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
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      WorkingFolder.require(option, path, files);
      return files;
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
