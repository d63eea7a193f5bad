package io.sparkae.jobs;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;

/**
 * A path that an option names, on whatever file system of Hadoop's.
 *
 * @param option name of the option
 * @param given the path as it was given
 * @param files the file system
 * @param path the path, qualified
 */
record Place(String option, String given, FileSystem files, Path path) {
  /**
   * The place of a path.
   *
   * @throws UsageException if it is no path, or of no known file system
   * @throws IOException if the file system cannot be asked
   */
  static Place of(SparkSession spark, String option, String given) throws IOException {
    Path path = parse(option, given);
    try {
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      WorkingFolder.require(option, path, files);
      return new Place(option, given, files, files.makeQualified(path));
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) { // unknown hosts
      throw new UsageException("--" + option + " " + given + ": " + Failures.line(e));
    }
  }

  private static Path parse(String option, String given) {
    try {
      return new Path(given);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + option + " must be a path, not " + given);
    }
  }

  boolean exists() throws IOException {
    return files.exists(path);
  }

  /** What is to be thrown where the place does not do: the option, the path and the complaint. */
  UsageException refused(String complaint) {
    return new UsageException("--" + option + " " + given + " " + complaint);
  }
}
