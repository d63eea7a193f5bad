package io.sparkae.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A folder of checkpoints, wherever it is. */
public interface CheckpointStore {
  /** {@return the folder, as people know it} */
  String location();

  /**
   * {@return the names of the files that are there, in any order}
   *
   * @throws IOException if the folder cannot be read; one that does not exist has no files
   */
  List<String> names() throws IOException;

  /**
   * {@return the bytes of a file}
   *
   * @param name of a file that is there
   * @throws IOException if it cannot be asked
   */
  long length(String name) throws IOException;

  /**
   * {@return what is in a file, to be closed}
   *
   * @param name of a file that is there
   * @throws IOException if it cannot be read
   */
  InputStream open(String name) throws IOException;

  /**
   * Makes a file that is there whole or not at all.
   *
   * @param name of a file that is not there
   * @param content writes what is to be in it
   * @throws IOException if it cannot be written; there is no such file then
   */
  void create(String name, Content content) throws IOException;

  /**
   * Deletes a file; one that is not there is no failure.
   *
   * @param name of a file
   * @throws IOException if it is there and cannot be deleted
   */
  void delete(String name) throws IOException;

  /** What is to be in a file. */
  @FunctionalInterface
  interface Content {
    /**
     * Writes it.
     *
     * @param out stays open
     * @throws IOException if that fails
     */
    void write(OutputStream out) throws IOException;
  }
}
