package io.sparkae.ml;

import io.sparkae.data.WholeFolder;
import io.sparkae.spark.JobDescription;
import io.sparkae.spark.RunningTasks;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.FileSystemOverwrite;
import org.apache.spark.ml.util.MLWriter;

/**
 * Saves a stage whole or not at all: what it replaces, which Spark's own writers delete first, is
 * there until all is written.
 */
abstract class WholeWriter extends MLWriter {
  private final String what;

  /**
   * A writer.
   *
   * @param what is saved, in the words of the Spark UI
   */
  WholeWriter(String what) {
    this.what = what;
  }

  /**
   * Saves.
   *
   * @param path folder of the stage
   * @throws IOException if it exists and is not to be replaced, or cannot be written: what was
   *     there is there still
   */
  @Override
  public void save(String path) throws IOException {
    requireFree(path);
    Path named = new Path(path);
    FileSystem files = named.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
    WholeFolder folder = new WholeFolder(files, files.makeQualified(named));
    Path temporary = folder.temporary();
    try {
      saveImpl(temporary.toString());
      requireFree(path); // still
      folder.replaceBy(temporary);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      RunningTasks.await(sparkSession().sparkContext());
      folder.discard(temporary);
      throw failure;
    }
  }

  /** Refuses what is there, as Spark does, unless it is to be replaced. */
  private void requireFree(String path) throws IOException {
    if (!shouldOverwrite()) {
      new FileSystemOverwrite().handleOverwrite(path, false, sparkSession());
    }
  }

  @Override
  public void saveImpl(String path) {
    JobDescription.running(
        sparkSession().sparkContext(), "sparkae: saving " + what, () -> write(path));
  }

  /** Writes all that is saved into a new folder. */
  abstract void write(String path);
}
