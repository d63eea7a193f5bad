package io.sparkae.data;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.io.IOUtils;

/** A file that is written at once. */
public final class NewFile {
  /** What is in it. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out not to be closed
     * @throws IOException if it cannot be written
     */
    void write(OutputStream out) throws IOException;
  }

  private NewFile() {}

  /**
   * Writes a file, to the disk itself where the file system can tell that it is there. What was
   * written before a failure stays.
   *
   * @param files where
   * @param path of a file that is not there
   * @param content what is in it
   * @throws IOException if it cannot be written
   */
  public static void write(FileSystem files, Path path, Content content) throws IOException {
    FSDataOutputStream out = files.create(path, false);
    try {
      content.write(out);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (Throwable failure) {
      IOUtils.closeStream(out); // HDFS fails by the same exception, which cannot suppress itself
      throw failure;
    }
    out.close();
  }
}
