package io.sparkae.jobs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * What relative paths are relative to. In cluster deploy mode the driver runs in a folder of its
 * own, which its cluster throws away; jobs/sparkae then tells in which folder it was called.
 */
final class WorkingFolder {
  /** The folder of the caller, in cluster deploy mode. */
  private static final String FOLDER = "spark.sparkae.folder";

  private WorkingFolder() {}

  private static Optional<String> ofCaller() {
    return Optional.of(new SparkConf().get(FOLDER, "")).filter(folder -> !folder.isBlank());
  }

  /** A file of this machine by its name on the command line. */
  static File file(String name) {
    File file = new File(name);
    return file.isAbsolute() ? file : ofCaller().map(f -> new File(f, name)).orElse(file);
  }

  /** Lets Spark look up relative paths of this machine in the folder of the caller. */
  static void use(SparkContext context) {
    ofCaller()
        .ifPresent(
            folder -> {
              try {
                FileSystem.getLocal(context.hadoopConfiguration())
                    .setWorkingDirectory(new Path(folder));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /**
   * Checks that a path means what it meant to the caller.
   *
   * @param files the path's file system
   * @throws UsageException if it is relative to the driver's own folder
   */
  static void require(String option, Path path, FileSystem files) {
    boolean inCluster = new SparkConf().get("spark.submit.deployMode", "client").equals("cluster");
    if (inCluster
        && !path.isAbsolute()
        && files instanceof LocalFileSystem
        && ofCaller().isEmpty()) {
      throw new UsageException(
          "--"
              + option
              + " "
              + path
              + " is relative, but with --deploy-mode cluster the driver has a folder of its own:"
              + " give the whole path, with file:// or hdfs:// if need be");
    }
  }
}
